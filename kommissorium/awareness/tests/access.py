"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Awareness
GET  awareness                               -  404  200  200  200  200  200  200  404  200  200
GET  awareness_file                          -  404  200  200  200  200  200  200  404  200  200
GET  awareness_settings                      -  403  200  403  403  403  403  403  403  403  403
POST awareness_settings                      -  403  400  403  403  403  403  403  403  403  403
GET  awareness_figures                       -  404  200  403  403  403  403  403  404  200  403
POST awareness_figures                       -  404  400  403  403  403  403  403  404  400  403
GET  awareness_figures/foreign               -  404  200  403  403  200  403  403  404  404  403
POST awareness_figures/foreign               -  404  400  403  403  400  403  403  404  404  403
GET  awareness_completion                    -  404  200  403  403  403  403  403  404  403  403
POST awareness_completion                    -  404  400  403  403  403  403  403  404  403  403
GET  awareness_evaluation                    -  404  200  404  404  404  404  404  404  404  404
GET  awareness_evaluation_new                -  405  405  405  405  405  405  405  405  405  405
POST awareness_evaluation_new                -  403  400  403  403  403  403  403  403  403  403

# Its plans and activities, at the kit's addresses
GET  activity/awareness                      -  404  200  200  200  200  200  200  404  200  200
GET  activity/foreign_awareness              -  404  200  200  200  200  200  200  404  404  200
GET  activity/draft_awareness                -  404  200  404  404  404  404  404  404  404  404
GET  activity_history/awareness              -  404  200  200  200  200  200  200  404  200  200
GET  activity_history/foreign_awareness      -  404  200  200  200  200  200  200  404  404  200
GET  activity_hold/awareness                 -  404  200  403  403  403  403  403  404  200  403
POST activity_hold/awareness                 -  404  400  403  403  403  403  403  404  400  403
GET  activity_hold/foreign_awareness         -  404  200  403  403  200  403  403  404  404  403
POST activity_hold/foreign_awareness         -  404  400  403  403  400  403  403  404  404  403
GET  activity_finding/awareness              -  404  200  403  403  200  403  403  404  404  403
POST activity_finding/awareness              -  404  400  403  403  400  403  403  404  404  403
GET  activity_change/awareness               -  404  200  403  403  403  403  403  404  403  403
POST activity_change/awareness               -  404  400  403  403  403  403  403  404  403  403
GET  activity_change/foreign_awareness       -  404  403  403  403  403  403  403  404  404  403
GET  activity_change/draft_awareness         -  404  200  404  404  404  404  404  404  404  404
POST activity_change/draft_awareness         -  404  400  404  404  404  404  404  404  404  404
GET  activity_call_off/awareness             -  404  200  403  403  403  403  403  404  403  403
POST activity_call_off/awareness             -  404  400  403  403  403  403  403  404  403  403
GET  activity_call_off/foreign_awareness     -  404  403  403  403  403  403  403  404  404  403
GET  activity_remove/draft_awareness         -  404  200  404  404  404  404  404  404  404  404
POST activity_remove/draft_awareness         -  404  302  404  404  404  404  404  404  404  404
GET  activity_plan_new/awareness             -  403  200  403  403  403  403  403  403  403  403
POST activity_plan_new/awareness             -  403  400  403  403  403  403  403  403  403  403
GET  activity_plan/awareness                 -  404  200  200  200  200  200  200  404  404  200
GET  activity_plan/draft_awareness           -  404  200  404  404  404  404  404  404  404  404
GET  activity_new/awareness                  -  404  200  403  403  403  403  403  404  404  403
POST activity_new/awareness                  -  404  400  403  403  403  403  403  404  404  403
GET  proposal/awareness                      -  404  200  404  404  404  404  404  404  404  404
POST proposal/awareness                      -  404  400  404  404  404  404  404  404  404  404
GET  proposal_file/awareness                 -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/awareness              -  404  200  404  404  404  404  404  404  404  404
GET  proposal_drop/awareness                 -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/awareness                 -  404  302  404  404  404  404  404  404  404  404
GET  proposal_change/awareness               -  404  200  404  404  404  404  404  404  404  404
POST proposal_change/awareness               -  404  400  404  404  404  404  404  404  404  404
"""
