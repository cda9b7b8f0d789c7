"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Tasks
GET  tasks                                   -  200  200  200  200  200  200  200  200  200  200
GET  tasks_export                            -  200  200  200  200  200  200  200  200  200  200
GET  task_add                                -  200  200  200  200  200  200  200  200  200  200
POST task_add                                -  400  400  400  400  400  400  400  400  400  400
GET  task                                    -  404  200  200  200  200  200  200  404  404  404
GET  task/closed                             -  404  200  200  200  200  404  404  404  404  404
GET  task/asked                              -  404  200  200  200  200  200  200  200  404  404
GET  task_edit                               -  404  200  200  403  403  403  403  404  404  404
POST task_edit                               -  404  400  400  403  403  403  403  404  404  404
GET  task_edit/closed                        -  404  200  200  403  403  404  404  404  404  404
POST task_edit/closed                        -  404  400  400  403  403  404  404  404  404  404
GET  task_completion                         -  404  200  200  403  200  403  403  404  404  404
POST task_completion                         -  404  400  400  403  400  403  403  404  404  404
GET  task_completion/closed                  -  404  200  200  403  200  404  404  404  404  404
POST task_completion/closed                  -  404  400  400  403  400  404  404  404  404  404
GET  task_completion/done                    -  404  400  400  403  400  403  403  404  404  404
GET  task_dropping                           -  404  200  200  403  403  403  403  404  404  404
POST task_dropping                           -  404  400  400  403  403  403  403  404  404  404
GET  task_dropping/closed                    -  404  200  200  403  403  404  404  404  404  404
POST task_dropping/closed                    -  404  400  400  403  403  404  404  404  404  404
GET  task_reopening                          -  404  400  400  403  403  403  403  404  404  404
POST task_reopening                          -  404  400  400  403  403  403  403  404  404  404
GET  task_reopening/done                     -  404  200  200  403  403  403  403  404  404  404
POST task_reopening/done                     -  404  400  400  403  403  403  403  404  404  404
GET  task_reopening/closed_done              -  404  200  200  403  403  404  404  404  404  404
POST task_reopening/closed_done              -  404  400  400  403  403  404  404  404  404  404
GET  task_delegation                         -  404  200  200  403  200  403  403  404  404  404
POST task_delegation                         -  404  400  400  403  400  403  403  404  404  404
GET  task_delegation/closed                  -  404  200  200  403  200  404  404  404  404  404
POST task_delegation/closed                  -  404  400  400  403  400  404  404  404  404  404
GET  delegation_acceptance                   -  405  405  405  405  405  405  405  405  405  405
POST delegation_acceptance                   -  404  403  403  403  403  403  403  302  404  404
GET  delegation_acceptance/closed            -  405  405  405  405  405  405  405  405  405  405
POST delegation_acceptance/closed            -  404  403  302  403  403  404  404  404  404  404
GET  delegation_refusal                      -  404  403  403  403  403  403  403  200  404  404
POST delegation_refusal                      -  404  403  403  403  403  403  403  400  404  404
GET  delegation_refusal/closed               -  404  403  200  403  403  404  404  404  404  404
POST delegation_refusal/closed               -  404  403  400  403  403  404  404  404  404  404
GET  delegation_withdrawal                   -  405  405  405  405  405  405  405  405  405  405
POST delegation_withdrawal                   -  404  302  302  403  302  403  403  403  404  404
GET  delegation_withdrawal/closed            -  405  405  405  405  405  405  405  405  405  405
POST delegation_withdrawal/closed            -  404  302  302  403  302  404  404  404  404  404
GET  quarter                                 -  404  200  200  200  200  200  200  404  404  404
GET  quarter_choice                          -  404  200  200  403  403  403  403  404  404  404
POST quarter_choice                          -  404  400  400  403  403  403  403  404  404  404
GET  quarter_removal                         -  404  200  200  403  403  403  403  404  404  404
POST quarter_removal                         -  404  302  302  403  403  403  403  404  404  404
GET  quarter_removal/closed                  -  404  200  200  403  403  403  403  404  404  404
POST quarter_removal/closed                  -  404  302  302  403  403  403  403  404  404  404
"""
