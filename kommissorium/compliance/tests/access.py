"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# What of the mandate is fulfilled
GET  compliance                              -  200  200  302  302  302  200  200  200  200  302
GET  mandate_compliance                      -  404  200  200  200  200  200  200  404  404  404
GET  compliance_today                        -  404  200  200  200  200  200  200  404  404  404
GET  compliance_timeline                     -  404  200  200  200  200  200  200  404  404  404
GET  compliance_file                         -  404  200  200  200  200  200  200  404  404  404
GET  coverage                                -  404  200  200  200  200  200  200  404  404  404
GET  coverage_file                           -  404  200  200  200  200  200  200  404  404  404
"""
