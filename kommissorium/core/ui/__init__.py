"""What every page is built of: forms, lists, answers, errors and the words around them."""
