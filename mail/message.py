"""Raw bytes to a frozen message: parts, texts, attachments, defects."""
