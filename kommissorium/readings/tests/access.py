"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Who is to read a document, and has
GET  policy_readers                          -  200  200  200  200  200  200  200  200  200  200
GET  policy_readers/foreign                  -  404  200  200  200  200  200  200  404  404  200
GET  policy_audience                         -  403  200  403  403  200  403  403  403  403  403
POST policy_audience                         -  403  302  403  403  302  403  403  403  403  403
GET  policy_readings                         -  403  200  403  403  403  403  200  403  403  403
GET  policy_read                             -  405  405  405  405  405  405  405  405  405  405
POST policy_read                             -  302  302  302  302  302  302  302  302  302  302
GET  guidelines                              -  302  302  302  302  302  302  302  302  302  302
GET  guideline_readings                      -  302  302  302  302  302  302  302  302  302  302
"""
