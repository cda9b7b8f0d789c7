"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Committees and mandates
GET  committees                              -  200  200  200  200  200  200  200  200  200  200
GET  committee_add                           -  403  200  403  403  403  403  403  403  403  403
POST committee_add                           -  403  400  403  403  403  403  403  403  403  403
GET  committee                               -  404  200  200  200  200  200  200  404  404  404
GET  committee_habits                        -  404  200  200  403  403  403  403  404  404  404
POST committee_habits                        -  404  400  400  403  403  403  403  404  404  404
GET  committee_history                       -  404  200  200  200  200  200  200  404  404  404
GET  seat_history                            -  404  200  200  200  200  200  200  404  404  404
GET  seat_export                             -  404  200  200  200  200  200  200  404  404  404
GET  seat_add                                -  404  200  200  403  403  403  403  404  404  404
POST seat_add                                -  404  400  400  403  403  403  403  404  404  404
GET  seat_edit                               -  404  200  200  403  403  403  403  404  404  404
POST seat_edit                               -  404  400  400  403  403  403  403  404  404  404
GET  seat_end                                -  404  200  200  403  403  403  403  404  404  404
POST seat_end                                -  404  400  400  403  403  403  403  404  404  404
GET  seat_take                               -  404  200  200  403  403  403  403  404  404  404
POST seat_take                               -  404  400  400  403  403  403  403  404  404  404
GET  seat_leave                              -  404  200  200  403  403  403  403  404  404  404
POST seat_leave                              -  404  400  400  403  403  403  403  404  404  404
GET  seat_undo                               -  404  200  200  403  403  403  403  404  404  404
POST seat_undo                               -  404  302  302  403  403  403  403  404  404  404
GET  seat_nomination                         -  200  200  200  404  404  200  404  404  404  404
POST seat_nomination                         -  400  400  400  404  404  400  404  404  404  404
GET  mandates                                -  404  200  200  200  200  200  200  404  404  404
GET  mandate_read                            -  404  200  200  403  403  403  403  404  404  404
POST mandate_read                            -  404  400  400  403  403  403  403  404  404  404
GET  mandate                                 -  200  200  200  200  200  200  200  200  200  200
GET  mandate/draft                           -  404  200  200  404  404  200  404  404  404  404
GET  mandate_source                          -  404  404  404  404  404  404  404  404  404  404
GET  mandate_source/draft                    -  404  200  200  404  404  200  404  404  404  404
GET  mandate_export                          -  200  200  200  200  200  200  200  200  200  200
GET  mandate_changes                         -  404  200  200  404  404  200  404  404  404  404
GET  mandate_edit                            -  403  403  403  403  403  403  403  403  403  403
POST mandate_edit                            -  403  403  403  403  403  403  403  403  403  403
GET  mandate_edit/draft                      -  404  200  200  404  404  403  404  404  404  404
POST mandate_edit/draft                      -  404  400  400  404  404  403  404  404  404  404
GET  mandate_approval                        -  403  403  403  403  403  403  403  403  403  403
POST mandate_approval                        -  403  403  403  403  403  403  403  403  403  403
GET  mandate_approval/draft                  -  404  403  200  404  404  200  404  404  404  404
POST mandate_approval/draft                  -  404  403  400  404  404  400  404  404  404  404
GET  mandate_discard                         -  403  403  403  403  403  403  403  403  403  403
POST mandate_discard                         -  403  403  403  403  403  403  403  403  403  403
GET  mandate_discard/draft                   -  404  200  200  404  404  403  404  404  404  404
POST mandate_discard/draft                   -  404  302  302  404  404  403  404  404  404  404
GET  mandate_asking                          -  405  405  405  405  405  405  405  405  405  405
POST mandate_asking                          -  403  403  403  403  403  403  403  403  403  403
GET  mandate_asking/draft                    -  405  405  405  405  405  405  405  405  405  405
POST mandate_asking/draft                    -  404  302  302  404  404  403  404  404  404  404
GET  seats_from_mandate                      -  405  405  405  405  405  405  405  405  405  405
POST seats_from_mandate                      -  403  302  302  403  403  403  403  403  403  403
"""
