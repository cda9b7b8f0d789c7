"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Records
GET  record/assessment/foreign               -  404  200  404  404  404  404  200  404  404  404
GET  record_file/assessment/foreign          -  404  200  404  404  404  404  200  404  404  404
GET  record/acceptance/foreign               -  404  200  404  404  404  404  200  404  404  404
GET  record_file/acceptance/foreign          -  404  200  404  404  404  404  200  404  404  404

# Risks: pictures and the list
GET  risks                                   -  200  200  200  200  200  200  200  200  200  200
GET  risks_overview_file                     -  200  200  200  200  200  200  200  200  200  200
GET  risks_print                             -  404  200  200  200  200  200  200  404  404  200
GET  risk_list                               -  200  200  200  200  200  200  200  200  200  200
GET  risk_list_file                          -  200  200  200  200  200  200  200  200  200  200
GET  risk_areas                              -  404  200  200  200  200  200  200  404  404  200
GET  risk_areas_file                         -  404  200  200  200  200  200  200  404  404  200
GET  risk_development                        -  404  200  200  200  200  200  200  404  404  200
GET  risk_development_file                   -  404  200  200  200  200  200  200  404  404  200

# Risks: assessments
GET  assessments                             -  404  200  200  200  200  200  200  404  200  200
GET  assessments_file                        -  404  200  200  200  200  200  200  404  200  200
GET  assessments_lacking                     -  404  200  200  200  200  200  200  404  200  200
GET  assessment_new                          -  404  200  403  403  403  403  403  404  200  403
POST assessment_new                          -  404  200  403  403  403  403  403  404  200  403
GET  assessment                              -  404  200  200  200  200  200  200  404  200  200
GET  assessment_history                      -  404  200  200  200  200  200  200  404  200  200
GET  assessment_compare                      -  404  200  200  200  200  200  200  404  200  200
GET  assessment_document                     -  404  200  200  200  200  200  200  404  200  200
GET  assessment_change                       -  404  200  403  403  403  403  403  404  200  403
POST assessment_change                       -  404  400  403  403  403  403  403  404  400  403
GET  assessment_copy                         -  404  400  403  403  403  403  403  404  400  403
POST assessment_copy                         -  404  400  403  403  403  403  403  404  400  403
GET  assessment_drop                         -  404  200  403  403  403  403  403  404  403  403
POST assessment_drop                         -  404  302  403  403  403  403  403  404  403  403
GET  assessment_reopen                       -  405  405  405  405  405  405  405  405  405  405
POST assessment_reopen                       -  404  400  403  403  403  403  403  404  403  403
GET  assessment_scale                        -  405  405  405  405  405  405  405  405  405  405
POST assessment_scale                        -  404  400  403  403  403  403  403  404  400  403
GET  assessment_threats                      -  404  200  403  403  403  403  403  404  200  403
POST assessment_threats                      -  404  400  403  403  403  403  403  404  400  403
GET  assessment_scenarios                    -  404  200  403  403  403  403  403  404  200  403
GET  risk                                    -  404  200  200  200  200  200  200  404  200  200
GET  risk_change                             -  404  200  403  403  403  403  403  404  200  403
POST risk_change                             -  404  400  403  403  403  403  403  404  400  403
GET  risk_remove                             -  404  200  403  403  403  403  403  404  200  403
POST risk_remove                             -  404  302  403  403  403  403  403  404  302  403
GET  risk_move                               -  405  405  405  405  405  405  405  405  405  405
POST risk_move                               -  404  302  403  403  403  403  403  404  302  403
GET  assessment/foreign                      -  404  200  200  200  200  200  200  404  404  200
GET  assessment/own                          -  404  200  200  200  200  200  200  404  200  200
GET  assessment/proposed                     -  404  200  200  200  200  200  200  404  404  200
GET  assessment_history/foreign              -  404  200  200  200  200  200  200  404  404  200
GET  assessment_compare/foreign              -  404  200  200  200  200  200  200  404  404  200
GET  assessment_document/foreign             -  404  200  200  200  200  200  200  404  404  200
GET  assessment_change/proposed              -  404  400  403  403  403  403  403  404  404  403
POST assessment_change/proposed              -  404  400  403  403  403  403  403  404  404  403
GET  assessment_change/foreign               -  404  400  403  403  403  403  403  404  404  403
POST assessment_change/foreign               -  404  400  403  403  403  403  403  404  404  403
GET  assessment_copy/own                     -  404  200  403  403  403  403  403  404  200  403
POST assessment_copy/own                     -  404  400  403  403  403  403  403  404  400  403
GET  assessment_copy/foreign                 -  404  200  403  403  403  403  403  404  404  403
POST assessment_copy/foreign                 -  404  400  403  403  403  403  403  404  404  403
GET  assessment_drop/foreign                 -  404  400  403  403  403  403  403  404  404  403
POST assessment_drop/foreign                 -  404  400  403  403  403  403  403  404  404  403
POST assessment_reopen/proposed              -  404  302  403  403  403  403  403  404  404  403
POST assessment_scale/proposed               -  404  400  403  403  403  403  403  404  404  403
GET  assessment_threats/proposed             -  404  400  403  403  403  403  403  404  404  403
POST assessment_threats/proposed             -  404  400  403  403  403  403  403  404  404  403
GET  assessment_scenarios/proposed           -  404  400  403  403  403  403  403  404  404  403
GET  risk/foreign                            -  404  200  200  200  200  200  200  404  404  200
GET  risk/proposed                           -  404  200  200  200  200  200  200  404  404  200
GET  risk_change/proposed                    -  404  400  403  403  403  403  403  404  404  403
POST risk_change/proposed                    -  404  400  403  403  403  403  403  404  404  403
GET  risk_remove/proposed                    -  404  400  403  403  403  403  403  404  404  403
POST risk_remove/proposed                    -  404  400  403  403  403  403  403  404  404  403
POST risk_move/proposed                      -  404  400  403  403  403  403  403  404  404  403

# Risks: plans and acceptances
GET  plan                                    -  404  200  200  200  200  200  200  404  200  200
GET  plan_file                               -  404  200  200  200  200  200  200  404  200  200
GET  acceptances                             -  404  200  200  200  200  200  200  404  200  200
GET  acceptances_file                        -  404  200  200  200  200  200  200  404  200  200
GET  plan_action_new                         -  404  200  403  403  403  403  403  404  200  403
GET  plan_action_change                      -  404  200  403  403  403  403  403  404  403  403
GET  plan_action_impossible                  -  404  200  403  403  403  403  403  404  200  403
GET  plan_action_possible                    -  404  200  403  403  403  403  403  404  200  403
GET  acceptance_new                          -  404  200  403  403  403  403  403  404  200  403
GET  acceptance_answer                       -  404  403  403  403  403  403  403  404  403  403
GET  acceptance_withdraw                     -  404  200  200  403  403  403  403  404  403  403
GET  acceptance_replace                      -  404  200  403  403  403  403  403  404  200  403
POST plan_action_new                         -  404  400  403  403  403  403  403  404  400  403
POST plan_action_change                      -  404  400  403  403  403  403  403  404  403  403
POST plan_action_impossible                  -  404  400  403  403  403  403  403  404  400  403
POST plan_action_possible                    -  404  302  403  403  403  403  403  404  302  403
POST acceptance_new                          -  404  400  403  403  403  403  403  404  400  403
POST acceptance_answer                       -  404  403  403  403  403  403  403  404  403  403
POST acceptance_withdraw                     -  404  400  400  403  403  403  403  404  403  403
POST acceptance_replace                      -  404  400  403  403  403  403  403  404  400  403
GET  acceptance                              -  404  200  200  200  200  200  200  404  200  200
GET  acceptance_file                         -  404  200  200  200  200  200  200  404  200  200
GET  plan_action_new/foreign                 -  404  200  403  403  403  403  403  404  404  403
POST plan_action_new/foreign                 -  404  400  403  403  403  403  403  404  404  403
GET  plan_action_change/foreign              -  404  200  403  403  403  403  403  404  404  403
POST plan_action_change/foreign              -  404  400  403  403  403  403  403  404  404  403
GET  plan_action_impossible/foreign          -  404  200  403  403  403  403  403  404  404  403
POST plan_action_impossible/foreign          -  404  400  403  403  403  403  403  404  404  403
GET  plan_action_possible/foreign            -  404  200  403  403  403  403  403  404  404  403
POST plan_action_possible/foreign            -  404  302  403  403  403  403  403  404  404  403
GET  acceptance/foreign                      -  404  200  200  200  200  200  200  404  404  200
GET  acceptance/proposed                     -  404  200  200  200  200  200  200  404  404  200
GET  acceptance_file/foreign                 -  404  200  200  200  200  200  200  404  404  200
GET  acceptance_answer/foreign               -  404  403  403  403  403  403  403  404  404  403
POST acceptance_answer/foreign               -  404  403  403  403  403  403  403  404  404  403
GET  acceptance_withdraw/foreign             -  404  200  200  403  403  403  403  404  404  403
POST acceptance_withdraw/foreign             -  404  400  400  403  403  403  403  404  404  403
GET  acceptance_replace/foreign              -  404  200  403  403  403  403  403  404  404  403
POST acceptance_replace/foreign              -  404  400  403  403  403  403  403  404  404  403

# Risks: scales, threats, levels and limits
GET  scales                                  -  404  200  200  200  200  200  200  404  200  200
GET  scale                                   -  404  200  200  200  200  200  200  404  200  200
GET  scale_new                               -  404  200  403  403  403  403  403  404  403  403
POST scale_new                               -  404  400  403  403  403  403  403  404  403  403
GET  scale_change                            -  404  200  403  403  403  403  403  404  403  403
POST scale_change                            -  404  400  403  403  403  403  403  404  403  403
GET  scale_use                               -  404  200  403  403  403  403  403  404  403  403
POST scale_use                               -  404  302  403  403  403  403  403  404  403  403
GET  threats                                 -  404  200  200  200  200  200  200  404  200  200
GET  threats_file                            -  404  200  200  200  200  200  200  404  200  200
GET  threat_new                              -  404  200  403  403  403  403  403  404  403  403
POST threat_new                              -  404  400  403  403  403  403  403  404  403  403
GET  threat_change                           -  404  200  403  403  403  403  403  404  403  403
POST threat_change                           -  404  400  403  403  403  403  403  404  403  403
GET  threat_retire                           -  404  200  403  403  403  403  403  404  403  403
POST threat_retire                           -  404  302  403  403  403  403  403  404  403  403
GET  threat_restore                          -  405  405  405  405  405  405  405  405  405  405
POST threat_restore                          -  404  302  403  403  403  403  403  404  403  403
GET  risk_levels                             -  404  200  200  200  200  200  200  404  200  200
GET  risk_level                              -  404  200  404  404  404  404  404  404  404  404
GET  risk_level_file                         -  404  200  404  404  404  404  404  404  404  404
GET  risk_level/proposed                     -  404  200  200  200  200  200  200  404  200  200
GET  risk_level_file/proposed                -  404  200  200  200  200  200  200  404  200  200
GET  risk_level_new                          -  404  200  403  403  403  403  403  404  403  403
POST risk_level_new                          -  404  400  403  403  403  403  403  404  403  403
GET  risk_level_change                       -  404  200  403  403  403  403  403  404  403  403
POST risk_level_change                       -  404  400  403  403  403  403  403  404  403  403
GET  risk_level_drop                         -  404  200  403  403  403  403  403  404  403  403
POST risk_level_drop                         -  404  302  403  403  403  403  403  404  403  403
GET  risk_level_reopen                       -  405  405  405  405  405  405  405  405  405  405
POST risk_level_reopen                       -  404  302  403  403  403  403  403  404  403  403
GET  authority_limits                        -  404  200  200  200  200  200  200  404  404  200
POST authority_limits                        -  404  409  403  403  403  403  403  404  404  403
GET  risk_rules_history                      -  404  200  200  200  200  200  200  404  404  200

# Risks: imports
GET  imports/risks                            -  404  200  404  404  404  404  200  404  404  404
GET  import_new/risks                         -  404  200  404  404  404  404  403  404  404  404
POST import_new/risks                         -  404  400  404  404  404  404  403  404  404  404
GET  import_template/risks                    -  404  200  404  404  404  404  403  404  404  404
GET  import_page/risks                        -  404  200  404  404  404  404  200  404  404  404
GET  import_page/risks/done                   -  404  200  404  404  404  404  200  404  404  404
GET  import_progress/risks                   -  404  200  404  404  404  404  200  404  404  404
GET  import_file/risks                        -  404  200  404  404  404  404  200  404  404  404
GET  import_columns/risks                     -  404  200  404  404  404  404  403  404  404  404
POST import_columns/risks                     -  404  400  404  404  404  404  403  404  404  404
GET  import_take_in/risks                     -  405  405  405  405  405  405  405  405  405  405
POST import_take_in/risks                     -  404  400  404  404  404  404  403  404  404  404
GET  import_drop/risks                        -  405  405  405  405  405  405  405  405  405  405
POST import_drop/risks                        -  404  302  404  404  404  404  403  404  404  404
GET  import_undo/risks                        -  405  405  405  405  405  405  405  405  405  405
POST import_undo/risks                        -  404  400  404  404  404  404  403  404  404  404
POST import_undo/risks/done                   -  404  302  404  404  404  404  403  404  404  404

# Risks before the committee
GET  proposal/assessment                     -  404  200  200  403  403  403  403  404  404  403
POST proposal/assessment                     -  404  400  403  403  403  403  403  404  404  403
GET  proposal/level                          -  404  200  200  403  403  403  403  404  404  403
POST proposal/level                          -  404  400  403  403  403  403  403  404  404  403
GET  proposal/acceptance                     -  404  200  200  403  403  403  403  404  404  403
POST proposal/acceptance                     -  404  400  403  403  403  403  403  404  404  403
"""
