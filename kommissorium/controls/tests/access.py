"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Controls
GET  controls                                -  404  200  200  200  200  200  200  404  200  200
GET  controls_file                           -  404  200  200  200  200  200  200  404  200  200
GET  controls_begin                          -  405  405  405  405  405  405  405  405  405  405
POST controls_begin                          -  403  400  403  403  403  403  403  403  403  403
GET  controls_decide                         -  403  200  403  403  403  403  403  403  403  403
POST controls_decide                         -  403  400  403  403  403  403  403  403  403  403
GET  control                                 -  404  200  200  200  200  200  200  404  200  200
GET  control/foreign                         -  404  200  200  200  200  200  200  404  404  200
GET  control_change                          -  404  200  403  403  403  403  403  404  200  403
POST control_change                          -  404  409  403  403  403  403  403  404  409  403
GET  control_change/foreign                  -  404  200  403  403  200  403  403  404  404  403
POST control_change/foreign                  -  404  409  403  403  409  403  403  404  404  403
GET  soa                                     -  404  200  200  200  200  200  200  404  404  200
GET  soa/draft                               -  404  200  404  404  404  404  404  404  404  404
GET  soa_workbook                            -  404  200  200  200  200  200  200  404  404  200
GET  soa_workbook/draft                      -  404  200  404  404  404  404  404  404  404  404
GET  soa_new                                 -  405  405  405  405  405  405  405  405  405  405
POST soa_new                                 -  403  400  403  403  403  403  403  403  403  403

# Statements before the committee
GET  proposal/statements                     -  404  200  404  404  404  404  404  404  404  404
POST proposal/statements                     -  404  400  404  404  404  404  404  404  404  404
GET  proposal/approved_statements            -  404  200  403  403  403  403  403  404  404  403
POST proposal/approved_statements            -  404  400  403  403  403  403  403  404  404  403
GET  proposal_file/statements                -  404  200  404  404  404  404  404  404  404  404
GET  proposal_file/approved_statements       -  404  200  200  200  200  200  200  404  404  200
GET  proposal_history/statements             -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/approved_statements    -  404  200  200  200  200  200  200  404  404  200
GET  proposal_drop/statements                -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/statements                -  404  302  404  404  404  404  404  404  404  404
GET  proposal_change/statements              -  404  200  404  404  404  404  404  404  404  404
POST proposal_change/statements              -  404  409  404  404  404  404  404  404  404  404
"""
