"""What every page is built from: forms, lists, responses, errors and wording."""
