"""JSON Schemas for editors, made from the models, with what each key means in the reader's language."""
