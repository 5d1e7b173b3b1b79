/**
 * The page's words in English and Polish, and numbers as the reader's language writes them.
 * `?lang=pl` in the address wins over the browser's language. Plural forms stand in the order of `FORMS`.
 * @module
 */

const FORMS = /** @type {Record<string, Intl.LDMLPluralRule[]>} */ ({ en: ["one", "other"], pl: ["one", "few", "many"] });

/** @type {Record<string, [en: string | string[], pl: string | string[]]>} */
const WORDS = {
  "acting.as": ["Act as {name}", "Działaj jako {name}"],
  "acting.label": ["Acting as", "Działasz jako"],
  "app.about": ["About", "Informacje"],
  "app.away": ["Not connected", "Niepołączona"],
  "app.commands": ["Commands", "Polecenia"],
  "app.connected": ["Connected", "Połączona"],
  "app.home": ["Home", "Start"],
  "app.home-of": ["Home of {name}", "Strona główna: {name}"],
  "app.messages": ["Messages", "Wiadomości"],
  "app.no-description": ["This app says nothing of itself.", "Ta aplikacja nic o sobie nie mówi."],
  "app.no-home": ["Nothing here yet", "Jeszcze nic tu nie ma"],
  "app.no-home-why": ["{name} has not published its home for you.", "{name} nie opublikowała jeszcze strony głównej dla ciebie."],
  "app.shortcuts": ["Shortcuts", "Skróty"],
  "carousel.back": ["Previous cards", "Poprzednie karty"],
  "carousel.label": ["{n} cards", "Karty: {n}"],
  "carousel.on": ["More cards", "Następne karty"],
  "chart.area": ["Area chart", "Wykres warstwowy"],
  "chart.bar": ["Bar chart", "Wykres słupkowy"],
  "chart.line": ["Line chart", "Wykres liniowy"],
  "chart.part": ["Part", "Część"],
  "chart.picture": ["Show chart", "Pokaż wykres"],
  "chart.pie": ["Pie chart", "Wykres kołowy"],
  "chart.table": ["Show numbers", "Pokaż liczby"],
  "chart.total": ["total", "razem"],
  "chart.value": ["Value", "Wartość"],
  "composer.attach": ["Attach files", "Dołącz pliki"],
  "composer.label": ["Message {name}", "Napisz: {name}"],
  "composer.offers": ["Suggestions", "Podpowiedzi"],
  "composer.save": ["Save", "Zapisz"],
  "composer.send": ["Send", "Wyślij"],
  "confirm.no": ["Cancel", "Anuluj"],
  "confirm.title": ["Are you sure?", "Na pewno?"],
  "confirm.yes": ["Yes", "Tak"],
  "conversation.begin-channel": ["This is the very beginning of {name}.", "Tu zaczyna się {name}."],
  "conversation.begin-person": ["This is your talk with {name}. Only the two of you see it.", "To twoja rozmowa z: {name}. Widzicie ją tylko wy."],
  "conversation.join": ["Join", "Dołącz"],
  "conversation.members": [["{n} member", "{n} members"], ["{n} osoba", "{n} osoby", "{n} osób"]],
  "conversation.messages": ["Messages in {name}", "Wiadomości: {name}"],
  "conversation.new": ["New", "Nowe"],
  "conversation.not-member": ["You are looking at {name}.", "Oglądasz {name}."],
  "conversation.older": ["Show older messages", "Pokaż starsze wiadomości"],
  "conversation.prompts": ["Suggestions", "Propozycje"],
  "date.today": ["Today", "Dzisiaj"],
  "date.tomorrow": ["Tomorrow", "Jutro"],
  "date.yesterday": ["Yesterday", "Wczoraj"],
  "empty.nowhere": ["Choose a channel on the left.", "Wybierz kanał po lewej."],
  "fault.always": ["always", "zawsze"],
  "fault.calm": ["All calm", "Spokój"],
  "fault.clock_shift_s": ["Shift the clock", "Przesuń zegar"],
  "fault.clock_shift_s-why": ["Workspace time runs ahead or behind.", "Czas w przestrzeni biegnie naprzód lub wstecz."],
  "fault.cut": ["Cut", "Zerwij"],
  "fault.day": ["+1 day", "+1 dzień"],
  "fault.delay_ms": ["Delay deliveries", "Opóźniaj dostawy"],
  "fault.delay_ms-why": ["Each delivery waits this long.", "Każda dostawa czeka tyle czasu."],
  "fault.drop_after_commit": ["Lose the answer", "Zgub odpowiedź"],
  "fault.drop_after_commit-why": ["The call is done, then the line is cut.", "Wywołanie się wykona, potem łącze pada."],
  "fault.duplicate": ["Deliver twice", "Dostarczaj dwa razy"],
  "fault.duplicate-why": ["The same delivery comes again.", "Ta sama przesyłka przychodzi ponownie."],
  "fault.expire_triggers": ["Expire triggers", "Przeterminuj wyzwalacze"],
  "fault.expire_triggers-why": ["Every trigger_id is too old.", "Każdy trigger_id jest za stary."],
  "fault.group-calls": ["Calls of the app", "Wywołania aplikacji"],
  "fault.group-clock": ["Clock", "Zegar"],
  "fault.group-deliveries": ["Deliveries to the app", "Dostawy do aplikacji"],
  "fault.group-sockets": ["Sockets", "Gniazda"],
  "fault.hour": ["+1 hour", "+1 godzina"],
  "fault.lose_acks": ["Withhold acks", "Gub potwierdzenia"],
  "fault.lose_acks-why": ["The app's answer is thrown away.", "Potwierdzenie aplikacji przepada."],
  "fault.method": ["Method, * for any", "Metoda, * znaczy każda"],
  "fault.off": ["off", "wył."],
  "fault.rate_limit": ["Too many requests", "Za dużo wywołań"],
  "fault.rate_limit-why": ["The method answers 429.", "Metoda odpowiada 429."],
  "fault.refresh": ["Refresh", "Odśwież"],
  "fault.retry_after": ["Retry after", "Ponów po"],
  "fault.retry_after-why": ["What the 429 tells the app.", "Co 429 każe aplikacji."],
  "fault.sockets": ["open sockets: {n}", "otwarte gniazda: {n}"],
  "fault.strict": ["Strict mode", "Tryb ścisły"],
  "fault.strict-why": ["Limits, arguments, scopes and tiers are enforced.", "Limity, argumenty, uprawnienia i progi obowiązują."],
  "fault.why": ["Make the workspace misbehave and watch how the app bears it.", "Niech przestrzeń zawodzi – zobacz, jak aplikacja to znosi."],
  "file.choose": ["Choose files", "Wybierz pliki"],
  "file.download": ["Download {name}", "Pobierz {name}"],
  "file.failed": ["The file could not be sent.", "Nie udało się wysłać pliku."],
  "file.remote": ["Kept elsewhere", "Przechowywany gdzie indziej"],
  "file.remove": ["Remove {name}", "Usuń {name}"],
  "file.sending": ["Sending…", "Wysyłam…"],
  "fold.less": ["Show less", "Pokaż mniej"],
  "fold.more": ["Show more", "Pokaż więcej"],
  "input.optional": ["optional", "opcjonalne"],
  "link.connecting": ["Opening the workspace…", "Otwieram przestrzeń…"],
  "link.lost": ["Connecting again…", "Łączę ponownie…"],
  "link.refused": ["This address has no key. Open the one that the program printed.", "Ten adres nie ma klucza. Otwórz ten, który wypisał program."],
  "markdown.done": ["Done", "Zrobione"],
  "markdown.open": ["To do", "Do zrobienia"],
  "message.app": ["App", "Aplikacja"],
  "message.dismiss": ["Dismiss", "Zamknij"],
  "message.edit": ["Edit message", "Edytuj wiadomość"],
  "message.edited": ["(edited)", "(edytowano)"],
  "message.from-thread": ["Replied to a thread", "Odpowiedź w wątku"],
  "message.label": ["{name} at {time}", "{name}, {time}"],
  "message.last-reply": ["last at {time}", "ostatnia {time}"],
  "message.only-you": ["Only visible to you", "Widoczne tylko dla ciebie"],
  "message.pinned": ["Pinned", "Przypięte"],
  "message.reaction": ["{name}: {n}", "{name}: {n}"],
  "message.replies": [["{n} reply", "{n} replies"], ["{n} odpowiedź", "{n} odpowiedzi", "{n} odpowiedzi"]],
  "modal.back": ["Back", "Wstecz"],
  "modal.cancel": ["Cancel", "Anuluj"],
  "modal.close": ["Close", "Zamknij"],
  "modal.submit": ["Submit", "Zatwierdź"],
  "notice.already_reacted": ["You have reacted so already.", "Już tak zareagowano."],
  "notice.app_not_connected": ["{about} did not get through: the app is not connected.", "{about}: nie dotarło, aplikacja nie jest połączona."],
  "notice.cant_update_message": ["You can edit only your own messages.", "Edytować można tylko własne wiadomości."],
  "notice.close": ["Close notice", "Zamknij komunikat"],
  "notice.connection_lost": ["{about} was not sent: the workspace is away just now.", "{about}: nie wysłano, przestrzeń jest chwilowo niedostępna."],
  "notice.http_error": ["{about} failed: the app answered with an error.", "{about}: nie powiodło się, aplikacja odpowiedziała błędem."],
  "notice.name_taken": ["A channel of that name exists already.", "Kanał o tej nazwie już istnieje."],
  "notice.operation_timeout": ["{about} failed: the app did not answer within three seconds.", "{about}: nie powiodło się, aplikacja nie odpowiedziała w trzy sekundy."],
  "notice.other": ["{about} was refused: {code}.", "{about}: odmowa ({code})."],
  "notice.this": ["This", "To działanie"],
  "notice.unknown_command": ["{about} is not a command of any app here.", "{about} nie jest poleceniem żadnej aplikacji."],
  "notice.upload_failed": ["{about} could not be sent.", "Nie udało się wysłać: {about}."],
  "overflow.more": ["More options", "Więcej opcji"],
  "picker.datepicker": ["Date", "Data"],
  "picker.datetimepicker": ["Date and time", "Data i godzina"],
  "picker.timepicker": ["Time", "Godzina"],
  "picture.enlarge": ["Enlarge: {name}", "Powiększ: {name}"],
  "picture.large": ["Picture", "Obraz"],
  "picture.missing": ["Picture missing", "Brak obrazu"],
  "plan.done": ["{done} of {all} done", "Zrobione: {done} z {all}"],
  "select.clear": ["Clear choice", "Wyczyść wybór"],
  "select.failed": ["The options could not be loaded.", "Nie udało się wczytać opcji."],
  "select.label": ["Options", "Opcje"],
  "select.loading": ["Loading…", "Wczytuję…"],
  "select.none": ["Nothing found", "Nic nie znaleziono"],
  "select.placeholder": ["Choose…", "Wybierz…"],
  "select.search": ["Search", "Szukaj"],
  "select.type-more": ["Type at least {n} characters.", "Wpisz co najmniej {n} znaki."],
  "side.close": ["Close {name}", "Zamknij: {name}"],
  "sidebar.apps": ["Apps", "Aplikacje"],
  "sidebar.channel-name": ["Name", "Nazwa"],
  "sidebar.channels": ["Channels", "Kanały"],
  "sidebar.create": ["Create", "Utwórz"],
  "sidebar.label": ["Channels, people and apps", "Kanały, osoby i aplikacje"],
  "sidebar.new-channel": ["New channel", "Nowy kanał"],
  "sidebar.no-apps": ["No app is installed.", "Brak aplikacji."],
  "sidebar.no-channels": ["You are in no channel yet.", "Nie jesteś jeszcze w żadnym kanale."],
  "sidebar.no-people": ["Nobody else is here.", "Nikogo tu nie ma."],
  "sidebar.open": ["Open to join", "Można dołączyć"],
  "sidebar.people": ["Direct messages", "Wiadomości prywatne"],
  "sidebar.unread": ["{n} unread", "Nieprzeczytane: {n}"],
  "table.back": ["Previous page", "Poprzednia strona"],
  "table.label": ["Table", "Tabela"],
  "table.on": ["Next page", "Następna strona"],
  "table.rows": ["{from}–{to} of {all}", "{from}–{to} z {all}"],
  "task.complete": ["Complete", "Ukończone"],
  "task.error": ["Failed", "Błąd"],
  "task.in_progress": ["In progress", "W toku"],
  "task.pending": ["Pending", "Oczekuje"],
  "thread.also": ["Also send to the channel", "Wyślij też na kanał"],
  "thread.label": ["Thread", "Wątek"],
  "thread.messages": ["Messages in the thread", "Wiadomości w wątku"],
  "thread.reply": ["Reply…", "Odpowiedz…"],
  "tools.delete": ["Delete message", "Usuń wiadomość"],
  "tools.delete-sure": ["The message goes for everybody and does not come back.", "Wiadomość zniknie u wszystkich i nie wróci."],
  "tools.edit": ["Edit message", "Edytuj wiadomość"],
  "tools.label": ["Message actions", "Działania na wiadomości"],
  "tools.more": ["Message shortcuts", "Skróty wiadomości"],
  "tools.react": ["Add reaction", "Dodaj reakcję"],
  "tools.reply": ["Reply in thread", "Odpowiedz w wątku"],
  "top.alarm": ["something was broken", "coś poszło źle"],
  "top.faults": ["Faults", "Awarie"],
  "top.mailbox": ["Mailbox", "Poczta"],
  "top.menu": ["Channels", "Kanały"],
  "top.places": ["Places", "Miejsca"],
  "top.tour": ["Tour", "Pokaz"],
  "top.wire": ["Wire log", "Dziennik łącza"],
  "top.workspace": ["Workspace", "Przestrzeń"],
  "tour.done": ["Done", "Zrobione"],
  "tour.failed": ["Failed", "Nie powiodło się"],
  "tour.label": ["Tour", "Pokaz"],
  "tour.next": ["Next", "Dalej"],
  "tour.over": ["That was the whole loop.", "To już cała pętla."],
  "tour.pause": ["Pause", "Pauza"],
  "tour.play": ["Play", "Odtwórz"],
  "tour.progress": ["{done} of {all} steps", "Kroki: {done} z {all}"],
  "tour.show": ["Show me", "Pokaż"],
  "unknown.block": ["A block of type “{type}” that this page cannot draw", "Blok typu „{type}”, którego ta strona nie rysuje"],
  "unknown.element": ["An element of type “{type}” that this page cannot draw", "Element typu „{type}”, którego ta strona nie rysuje"],
  "video.open": ["Open the video: {name}", "Otwórz film: {name}"],
  "wire.all": ["All kinds", "Wszystkie"],
  "wire.attempt": ["retry {n}", "ponowienie {n}"],
  "wire.body": ["Sent", "Wysłano"],
  "wire.clear": ["Clear", "Wyczyść"],
  "wire.empty": ["Nothing has crossed the wire yet.", "Jeszcze nic nie przeszło przez łącze."],
  "wire.entries": [["{n} entry", "{n} entries"], ["{n} wpis", "{n} wpisy", "{n} wpisów"]],
  "wire.filter": ["Filter", "Filtruj"],
  "wire.from-app": ["From the app", "Z aplikacji"],
  "wire.kind": ["Kind", "Rodzaj"],
  "wire.none": ["No entry fits the filter.", "Żaden wpis nie pasuje do filtra."],
  "wire.red": ["Only red", "Tylko czerwone"],
  "wire.reply": ["Answered", "Odpowiedź"],
  "wire.to-app": ["To the app", "Do aplikacji"],
};

const asked = new URLSearchParams(globalThis.location?.search ?? "").get("lang") ?? globalThis.navigator?.language ?? "en";
const CHOSEN = asked.toLowerCase().startsWith("pl") ? "pl" : "en";
const PLURAL = new Intl.PluralRules(CHOSEN);
const NUMBER = new Intl.NumberFormat(CHOSEN, { maximumFractionDigits: 4, useGrouping: "min2" });

/** @returns {string} the page's language */
export const language = () => (CHOSEN === "en" && globalThis.navigator?.language?.startsWith("en") ? navigator.language : CHOSEN);

/** @param {string} key @returns {boolean} */
export const known = (key) => key in WORDS;

/** All keys, for the test that looks for gaps. @returns {string[]} */
export const keys = () => Object.keys(WORDS);

/** @param {string} sentence @param {Record<string, any>} facts */
const filled = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));

/**
 * The page's words for a key.
 * @param {string} key
 * @param {Record<string, any>} [facts] what stands in the braces
 * @returns {string}
 */
export function t(key, facts = {}) {
  const found = WORDS[key]?.[CHOSEN === "pl" ? 1 : 0];
  return found === undefined ? key : filled(Array.isArray(found) ? found[found.length - 1] : found, facts);
}

/** @param {string} key of words with plural forms @param {number} n @returns {string} */
export function count(key, n) {
  const forms = WORDS[key]?.[CHOSEN === "pl" ? 1 : 0] ?? key;
  const at = FORMS[CHOSEN].indexOf(PLURAL.select(n));
  return filled(Array.isArray(forms) ? forms[at < 0 ? forms.length - 1 : at] : forms, { n: number(n) });
}

/** @param {number} value @returns {string} */
export const number = (value) => NUMBER.format(value);
