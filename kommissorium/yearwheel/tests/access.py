"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# The year wheel
GET  yearwheel                               -  200  200  302  302  302  200  200  200  302  302
GET  wheel_year                              -  404  200  200  200  200  200  200  404  200  404
GET  wheel_duties                            -  404  200  200  200  200  200  200  404  200  404
GET  duty_add                                -  404  200  200  403  403  403  403  404  404  404
POST duty_add                                -  404  400  400  403  403  403  403  404  404  404
GET  duty_proposals                          -  404  200  200  403  403  403  403  404  404  404
POST duty_proposals                          -  404  400  400  403  403  403  403  404  404  404
GET  wheel_several                           -  404  400  400  400  400  400  400  404  400  404
POST wheel_several                           -  404  400  400  400  400  400  400  404  400  404
GET  duty                                    -  404  200  200  200  200  200  200  404  404  404
GET  duty_edit                               -  404  200  200  403  403  403  403  404  404  404
POST duty_edit                               -  404  400  400  403  403  403  403  404  404  404
GET  duty_end                                -  404  200  200  403  403  403  403  404  404  404
POST duty_end                                -  404  400  400  403  403  403  403  404  404  404
GET  duty_keeping                            -  405  405  405  405  405  405  405  405  405  405
POST duty_keeping                            -  404  302  302  403  403  403  403  404  404  404
GET  duty_beginning                          -  404  200  200  200  403  403  403  404  404  404
POST duty_beginning                          -  404  400  400  400  403  403  403  404  404  404
GET  duty_meetings                           -  405  405  405  405  405  405  405  405  405  405
POST duty_meetings                           -  404  302  302  302  403  403  403  404  404  404
GET  occurrence                              -  404  200  200  200  200  200  200  404  404  404
GET  occurrence_completion                   -  404  200  200  200  403  403  403  404  404  404
POST occurrence_completion                   -  404  400  400  400  403  403  403  404  404  404
GET  occurrence_skipping                     -  404  200  200  200  403  403  403  404  404  404
POST occurrence_skipping                     -  404  400  400  400  403  403  403  404  404  404
GET  occurrence_move                         -  404  200  200  200  403  403  403  404  404  404
POST occurrence_move                         -  404  400  400  400  403  403  403  404  404  404
GET  occurrence_item                         -  405  405  405  405  405  405  405  405  405  405
POST occurrence_item                         -  404  302  302  403  403  403  403  404  404  404
GET  occurrence_delegation                   -  404  200  200  200  403  403  403  404  404  404
POST occurrence_delegation                   -  404  400  400  400  403  403  403  404  404  404
GET  occurrence/delegated                    -  404  200  200  200  200  200  200  200  404  404
GET  wheel_delegation_acceptance             -  405  405  405  405  405  405  405  405  405  405
POST wheel_delegation_acceptance             -  404  403  403  403  403  403  403  302  404  404
GET  wheel_delegation_return                 -  404  403  403  403  403  403  403  200  404  404
POST wheel_delegation_return                 -  404  403  403  403  403  403  403  400  404  404
GET  wheel_delegation_withdrawal             -  405  405  405  405  405  405  405  405  405  405
POST wheel_delegation_withdrawal             -  404  302  302  302  403  403  403  403  404  404
GET  wheel_evidence                          -  404  200  200  200  200  200  200  404  404  404
GET  duty_times                              -  404  200  200  200  200  200  200  404  404  404
GET  wheel_now                               -  302  302  302  302  302  302  302  302  302  302
GET  wheels                                  -  200  200  200  200  200  200  200  200  200  200
GET  wheels_file                             -  200  200  200  200  200  200  200  200  200  200
GET  wheel                                   -  404  200  200  200  200  200  200  404  200  404
GET  wheel_file                              -  404  200  200  200  200  200  200  404  200  404
GET  wheel_calendar                        200  200  200  200  200  200  200  200  200  200  200
"""
