"""Turn documents of word processors into Markdown: Word, Google Docs, `.docx`."""
