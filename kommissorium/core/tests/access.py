"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Machines
GET  health                                200  200  200  200  200  200  200  200  200  200  200
GET  metrics                               404  404  404  404  404  404  404  404  404  404  404
GET  robots_txt                            200  200  200  200  200  200  200  200  200  200  200
GET  schema                                200  200  200  200  200  200  200  200  200  200  200
GET  security_txt                          404  404  404  404  404  404  404  404  404  404  404
"""
