"""The command line: one entry, a group for each room; each command's code stands in quartermaster.commands."""

import typer

from quartermaster.commands import (
    chat,
    demo,
    doctor,
    importing,
    mail,
    mail_answers,
    people,
    plan,
    plan_backtest,
    plan_questions,
    processes,
    rules,
    sandbox,
    setup,
    stock,
    stuck,
)

app = typer.Typer(
    name="quartermaster",
    help="The order desk that lives in Slack and in the mailbox.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root() -> None:
    """The order desk that lives in Slack and in the mailbox."""


app.command()(demo.demo)
app.command()(setup.init)
app.command()(setup.migrate)
app.command("import")(importing.import_files)
app.command()(doctor.doctor)
app.command()(processes.bot)
app.command()(processes.scheduler)
app.command("run-job")(processes.run_job)
mail.app.command("listen")(processes.listen)
mail.app.command("reread")(mail_answers.reread)
mail.app.add_typer(mail_answers.autonomy_app)
mail.app.add_typer(mail_answers.corrections_app)
app.add_typer(chat.app)
app.add_typer(mail.app)
app.add_typer(people.app)
plan.app.command()(plan_questions.explain)
plan.app.command()(plan_backtest.backtest)
plan.app.command("what-if")(plan_questions.what_if)
plan.app.command()(plan_questions.suppliers)
plan.app.command()(plan_questions.transfers)
plan.app.command()(plan_questions.delivery)
app.add_typer(plan.app)
app.add_typer(rules.app)
app.add_typer(sandbox.app)
app.add_typer(stock.app)
app.add_typer(stuck.app)


def main() -> None:
    """Run the command line."""
    app()
