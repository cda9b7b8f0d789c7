"""Who gets which answer at the addresses of this room (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown
# Statuses of quarters
GET  statuses                                -  404  200  200  200  200  200  200  404  404
GET  status_new                              -  405  405  405  405  405  405  405  405  405
POST status_new                              -  403  400  403  403  403  403  403  403  403
GET  status                                  -  404  200  200  200  200  200  200  404  404
GET  status/proposed                         -  404  200  200  200  200  200  200  404  404
GET  status/draft                            -  404  200  404  404  404  404  404  404  404
GET  status_edit                             -  404  200  404  404  404  404  404  404  404
POST status_edit                             -  404  302  404  404  404  404  404  404  404
GET  status_edit/approved                    -  404  400  403  403  403  403  403  404  404
POST status_edit/approved                    -  404  400  403  403  403  403  403  404  404
GET  status_recompose                        -  405  405  405  405  405  405  405  405  405
POST status_recompose                        -  404  302  404  404  404  404  404  404  404
POST status_recompose/approved               -  404  400  403  403  403  403  403  404  404
GET  status_take_back                        -  404  200  404  404  404  404  404  404  404
POST status_take_back                        -  404  400  404  404  404  404  404  404  404
GET  status_take_back/approved               -  404  400  403  403  403  403  403  404  404
POST status_take_back/approved               -  404  400  403  403  403  403  403  404  404
GET  status_edited                           -  404  200  200  200  200  200  200  404  404
GET  status_edited/draft                     -  404  404  404  404  404  404  404  404  404
GET  status_file                             -  404  200  200  200  200  200  200  404  404
GET  status_file/data                        -  404  200  200  200  200  200  200  404  404
GET  status_file/draft                       -  404  200  404  404  404  404  404  404  404

# Statuses before the committee
GET  proposal/status                         -  404  200  404  404  404  404  404  404  404
POST proposal/status                         -  404  400  404  404  404  404  404  404  404
GET  proposal/proposed_status                -  404  200  200  403  403  403  403  404  404
POST proposal/proposed_status                -  404  400  403  403  403  403  403  404  404
GET  proposal_file/status                    -  404  200  404  404  404  404  404  404  404
GET  proposal_file/proposed_status           -  404  200  200  200  200  200  200  404  404
GET  proposal_history/status                 -  404  200  404  404  404  404  404  404  404
GET  proposal_history/proposed_status        -  404  200  200  200  200  200  200  404  404
GET  proposal_drop/status                    -  404  200  404  404  404  404  404  404  404
POST proposal_drop/status                    -  404  302  404  404  404  404  404  404  404
GET  proposal_drop/proposed_status           -  404  200  403  403  403  403  403  404  404
POST proposal_drop/proposed_status           -  404  400  403  403  403  403  403  404  404
GET  proposal_reopen/proposed_status         -  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_status         -  404  302  403  403  403  403  403  404  404
"""
