"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Continuity
GET  continuity                              -  404  200  200  200  200  200  200  404  200  200
GET  continuity_file                         -  404  200  200  200  200  200  200  404  200  200
GET  continuity_tests                        -  404  200  200  200  200  200  200  404  200  200
GET  continuity_tests_file                   -  404  200  200  200  200  200  200  404  200  200
GET  continuity_service                      -  404  200  200  200  200  200  200  404  200  200
GET  continuity_service/foreign              -  404  200  200  200  200  200  200  404  404  200
GET  continuity_service_history              -  404  200  200  200  200  200  200  404  200  200
GET  continuity_service_new                  -  403  200  403  403  403  403  403  403  403  403
POST continuity_service_new                  -  403  400  403  403  403  403  403  403  403  403
GET  continuity_service_edit                 -  404  200  403  403  403  403  403  404  200  403
POST continuity_service_edit                 -  404  400  403  403  403  403  403  404  400  403
GET  continuity_service_edit/foreign         -  404  200  403  403  200  403  403  404  404  403
POST continuity_service_edit/foreign         -  404  400  403  403  400  403  403  404  404  403
GET  continuity_service_retire               -  404  200  403  403  403  403  403  404  403  403
POST continuity_service_retire               -  404  400  403  403  403  403  403  404  403  403
GET  continuity_plan_new                     -  405  405  405  405  405  405  405  405  405  405
POST continuity_plan_new                     -  404  302  403  403  403  403  403  404  302  403
GET  continuity_plan                         -  404  200  200  200  200  200  200  404  200  200
GET  continuity_plan/draft                   -  404  200  404  404  404  404  404  404  200  404
GET  continuity_plan/foreign                 -  404  200  200  200  200  200  200  404  404  200
GET  continuity_package                      -  404  200  200  200  200  200  200  404  404  200
GET  continuity_copies                       -  404  200  200  200  200  200  200  404  404  200
GET  continuity_copy_new                     -  403  200  403  403  403  403  403  403  403  403
POST continuity_copy_new                     -  403  400  403  403  403  403  403  403  403  403
GET  continuity_copy_return                  -  403  200  403  403  403  403  403  403  403  403
POST continuity_copy_return                  -  403  302  403  403  403  403  403  403  403  403
GET  continuity_settings                     -  403  200  403  403  403  403  403  403  403  403
POST continuity_settings                     -  403  400  403  403  403  403  403  403  403  403
GET  continuity_evaluation                   -  404  200  404  404  404  404  404  404  404  404
GET  continuity_evaluation_new               -  405  405  405  405  405  405  405  405  405  405
POST continuity_evaluation_new               -  404  302  403  403  403  403  403  404  403  403

# Its tests, at the kit's addresses
GET  activity/continuity                     -  404  200  200  200  200  200  200  404  200  200
GET  activity/foreign_continuity             -  404  200  200  200  200  200  200  404  404  200
GET  activity/draft_continuity               -  404  200  404  404  404  404  404  404  404  404
GET  activity_history/continuity             -  404  200  200  200  200  200  200  404  200  200
GET  activity_history/foreign_continuity     -  404  200  200  200  200  200  200  404  404  200
GET  activity_hold/continuity                -  404  200  403  403  403  403  403  404  200  403
POST activity_hold/continuity                -  404  400  403  403  403  403  403  404  400  403
GET  activity_hold/foreign_continuity        -  404  200  403  403  200  403  403  404  404  403
POST activity_hold/foreign_continuity        -  404  400  403  403  400  403  403  404  404  403
GET  activity_finding/continuity             -  404  200  403  403  200  403  403  404  404  403
POST activity_finding/continuity             -  404  400  403  403  400  403  403  404  404  403
GET  activity_change/continuity              -  404  200  403  403  403  403  403  404  403  403
POST activity_change/continuity              -  404  400  403  403  403  403  403  404  403  403
GET  activity_change/foreign_continuity      -  404  403  403  403  403  403  403  404  404  403
GET  activity_change/draft_continuity        -  404  200  404  404  404  404  404  404  404  404
POST activity_change/draft_continuity        -  404  400  404  404  404  404  404  404  404  404
GET  activity_call_off/continuity            -  404  200  403  403  403  403  403  404  403  403
POST activity_call_off/continuity            -  404  400  403  403  403  403  403  404  403  403
GET  activity_call_off/foreign_continuity    -  404  403  403  403  403  403  403  404  404  403
GET  activity_remove/draft_continuity        -  404  200  404  404  404  404  404  404  404  404
POST activity_remove/draft_continuity        -  404  302  404  404  404  404  404  404  404  404
GET  activity_plan_new/continuity            -  403  200  403  403  403  403  403  403  403  403
POST activity_plan_new/continuity            -  403  400  403  403  403  403  403  403  403  403
GET  activity_plan/continuity                -  404  200  200  200  200  200  200  404  404  200
GET  activity_plan/draft_continuity          -  404  200  404  404  404  404  404  404  404  404
GET  activity_new/continuity                 -  404  200  403  403  403  403  403  404  404  403
POST activity_new/continuity                 -  404  400  403  403  403  403  403  404  404  403
GET  proposal/continuity                     -  404  200  404  404  404  404  404  404  404  404
POST proposal/continuity                     -  404  400  404  404  404  404  404  404  404  404
GET  proposal_file/continuity                -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/continuity             -  404  200  404  404  404  404  404  404  404  404
GET  proposal_drop/continuity                -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/continuity                -  404  302  404  404  404  404  404  404  404  404
GET  proposal_change/continuity              -  404  200  404  404  404  404  404  404  404  404
POST proposal_change/continuity              -  404  400  404  404  404  404  404  404  404  404
GET  proposal_change/continuity_plans        -  404  200  404  404  404  404  404  404  200  404
POST proposal_change/continuity_plans        -  404  409  404  404  404  404  404  404  409  404
GET  proposal_change/continuity_in_force     -  404  400  403  403  403  403  403  404  400  403
"""
