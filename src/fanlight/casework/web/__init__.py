"""The pages: thin views, forms made from the vocabulary, templates, and the files they need."""
