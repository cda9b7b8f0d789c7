"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# What differs, drafts in Word and back
GET  policy_compare                          -  404  200  404  404  404  404  404  404  200  404
GET  policy_compare/foreign                  -  404  200  200  200  200  200  200  404  404  200
GET  policy_take_back                        -  404  200  404  404  404  404  404  404  200  404
POST policy_take_back                        -  404  400  404  404  404  404  404  404  400  404
GET  policy_take_back/foreign                -  404  200  403  403  200  403  403  404  404  403
GET  policy_to_edit                          -  404  200  404  404  404  404  404  404  200  404
GET  policy_to_edit/foreign                  -  404  200  403  403  200  403  403  404  404  403

# Starter texts, and imports of documents
GET  policy_import                           -  403  200  403  403  403  403  403  403  403  403
POST policy_import                           -  403  400  403  403  403  403  403  403  403  403
GET  policy_imported                         -  403  200  403  403  403  403  403  403  403  403
GET  policy_import_undo                      -  403  200  403  403  403  403  403  403  403  403
POST policy_import_undo                      -  403  302  403  403  403  403  403  403  403  403
GET  policy_starters                         -  403  200  403  403  403  403  403  403  403  403
POST policy_starters                         -  403  404  403  403  403  403  403  403  403  403
"""
