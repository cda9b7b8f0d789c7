"""The building blocks of every page: forms, lists, responses, errors and wording."""
