"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Objectives
GET  objectives                              -  404  200  200  200  200  200  200  404  200  200
GET  objectives_file                         -  404  200  200  200  200  200  200  404  200  200
GET  objective                               -  404  200  200  200  200  200  200  404  200  200
GET  objective/foreign                       -  404  200  200  200  200  200  200  404  404  200
GET  objective/draft                         -  404  200  404  404  404  404  404  404  404  404
GET  objective_change                        -  404  200  403  403  403  403  403  404  403  403
POST objective_change                        -  404  400  403  403  403  403  403  404  403  403
GET  objective_change/draft                  -  404  200  404  404  404  404  404  404  404  404
POST objective_change/draft                  -  404  400  404  404  404  404  404  404  404  404
GET  objective_remove                        -  404  200  404  404  404  404  404  404  404  404
POST objective_remove                        -  404  302  404  404  404  404  404  404  404  404
GET  objective_measure                       -  404  200  403  403  403  403  403  404  200  403
POST objective_measure                       -  404  400  403  403  403  403  403  404  400  403
GET  objective_measure/foreign               -  404  200  403  403  200  403  403  404  404  403
POST objective_measure/foreign               -  404  400  403  403  400  403  403  404  404  403
GET  objective_set                           -  404  200  200  200  200  200  200  404  404  200
GET  objective_set/proposed                  -  404  200  200  200  200  200  200  404  404  200
GET  objective_set/draft                     -  404  200  404  404  404  404  404  404  404  404
GET  objective_set_new                       -  405  405  405  405  405  405  405  405  405  405
POST objective_set_new                       -  403  302  403  403  403  403  403  403  403  403
GET  proposal_change/objectives              -  404  200  404  404  404  404  404  404  404  404
POST proposal_change/objectives              -  404  400  404  404  404  404  404  404  404  404
GET  objective_new                           -  404  200  404  404  404  404  404  404  404  404
POST objective_new                           -  404  400  404  404  404  404  404  404  404  404

# Objectives before the committee
GET  proposal/objectives                     -  404  200  404  404  404  404  404  404  404  404
POST proposal/objectives                     -  404  400  404  404  404  404  404  404  404  404
GET  proposal/proposed_objectives            -  404  200  200  403  403  403  403  404  404  403
POST proposal/proposed_objectives            -  404  400  403  403  403  403  403  404  404  403
GET  proposal_file/objectives                -  404  200  404  404  404  404  404  404  404  404
GET  proposal_file/proposed_objectives       -  404  200  200  200  200  200  200  404  404  200
GET  proposal_history/objectives             -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/proposed_objectives    -  404  200  200  200  200  200  200  404  404  200
GET  proposal_drop/objectives                -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/objectives                -  404  302  404  404  404  404  404  404  404  404
GET  proposal_drop/proposed_objectives       -  404  200  403  403  403  403  403  404  404  403
POST proposal_drop/proposed_objectives       -  404  400  403  403  403  403  403  404  404  403
GET  proposal_reopen/proposed_objectives     -  405  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_objectives     -  404  302  403  403  403  403  403  404  404  403
"""
