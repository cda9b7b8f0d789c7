"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
GET  handbook                                -  200  200  200  200  200  200  200  200  200  200
GET  handbook_document                       -  200  200  200  200  200  200  200  200  200  200
GET  handbook_document/foreign               -  404  404  404  404  404  404  404  404  404  404
GET  handbook_section                        -  302  302  302  302  302  302  302  302  302  302
GET  handbook_file                           -  404  404  404  404  404  404  404  404  404  404
GET  handbook_accessibility                  -  200  200  200  200  200  200  200  200  200  200
GET  handbook_settings                       -  403  200  403  403  403  403  403  403  403  403
POST handbook_settings                       -  403  409  403  403  403  403  403  403  403  403
"""
