"""Who gets which answer at the addresses of this room (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown
# Starter texts, and imports of documents
GET  policy_import                           -  403  200  403  403  403  403  403  403  403
POST policy_import                           -  403  400  403  403  403  403  403  403  403
GET  policy_imported                         -  403  200  403  403  403  403  403  403  403
GET  policy_import_undo                      -  403  200  403  403  403  403  403  403  403
POST policy_import_undo                      -  403  302  403  403  403  403  403  403  403
GET  policy_starters                         -  403  200  403  403  403  403  403  403  403
POST policy_starters                         -  403  404  403  403  403  403  403  403  403
"""
