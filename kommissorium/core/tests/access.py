"""Who gets which answer at the addresses of this room (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown
# Machines
GET  health                                200  200  200  200  200  200  200  200  200  200
GET  robots_txt                            200  200  200  200  200  200  200  200  200  200
GET  schema                                200  200  200  200  200  200  200  200  200  200
GET  security_txt                          404  404  404  404  404  404  404  404  404  404
"""
