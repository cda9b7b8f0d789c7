"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Projects
GET  projects                                -  404  200  200  200  200  200  200  404  200  200
GET  projects_file                           -  404  200  200  200  200  200  200  404  200  200
GET  project_new                             -  403  200  403  403  403  403  403  403  403  403
POST project_new                             -  403  400  403  403  403  403  403  403  403  403
GET  project                                 -  404  200  200  200  200  200  200  404  200  200
GET  project/foreign                         -  404  200  200  200  200  200  200  404  404  200
GET  project_history                         -  404  200  200  200  200  200  200  404  200  200
GET  project_history/foreign                 -  404  200  200  200  200  200  200  404  404  200
GET  project_change                          -  404  200  403  403  403  403  403  404  403  403
POST project_change                          -  404  400  403  403  403  403  403  404  403  403
GET  project_change/foreign                  -  404  200  403  403  403  403  403  404  404  403
GET  project_tell                            -  404  200  403  403  403  403  403  404  200  403
POST project_tell                            -  404  400  403  403  403  403  403  404  400  403
GET  project_tell/foreign                    -  404  200  403  403  200  403  403  404  404  403
POST project_tell/foreign                    -  404  400  403  403  400  403  403  404  404  403
GET  milestone_new                           -  404  200  403  403  403  403  403  404  200  403
POST milestone_new                           -  404  400  403  403  403  403  403  404  400  403
GET  milestone_new/foreign                   -  404  200  403  403  200  403  403  404  404  403
GET  milestone_change                        -  404  200  403  403  403  403  403  404  200  403
POST milestone_change                        -  404  400  403  403  403  403  403  404  400  403
GET  milestone_change/foreign                -  404  200  403  403  200  403  403  404  404  403
POST milestone_change/foreign                -  404  400  403  403  400  403  403  404  404  403
GET  milestone_remove                        -  404  200  403  403  403  403  403  404  200  403
POST milestone_remove                        -  404  302  403  403  403  403  403  404  302  403
GET  milestone_remove/foreign                -  404  200  403  403  200  403  403  404  404  403

# Technical measures
GET  project_measures                        -  404  200  200  200  200  200  200  404  200  200
GET  project_measures_file                   -  404  200  200  200  200  200  200  404  200  200
GET  measure_new                             -  403  200  403  403  403  403  403  403  403  403
POST measure_new                             -  403  400  403  403  403  403  403  403  403  403
GET  technical_measure                       -  404  200  200  200  200  200  200  404  200  200
GET  technical_measure/foreign               -  404  200  200  200  200  200  200  404  404  200
GET  measure_change                          -  404  200  403  403  403  403  403  404  403  403
POST measure_change                          -  404  409  403  403  403  403  403  404  403  403
GET  measure_change/foreign                  -  404  200  403  403  403  403  403  404  404  403
GET  measure_retire                          -  404  200  403  403  403  403  403  404  404  403
POST measure_retire                          -  404  302  403  403  403  403  403  404  404  403
GET  measure_state                           -  404  200  403  403  403  403  403  404  200  403
POST measure_state                           -  404  409  403  403  403  403  403  404  409  403
GET  measure_state/foreign                   -  404  200  403  403  200  403  403  404  404  403

# The status of a quarter
GET  work_status_new                         -  405  405  405  405  405  405  405  405  405  405
POST work_status_new                         -  403  400  403  403  403  403  403  403  403  403
GET  work_status                             -  404  200  200  200  200  200  200  404  404  200
GET  work_status/draft                       -  404  200  404  404  404  404  404  404  404  404
GET  work_status_states                      -  404  200  404  404  404  404  404  404  404  404
POST work_status_states                      -  404  409  404  404  404  404  404  404  404  404
GET  proposal/work_status                    -  404  200  404  404  404  404  404  404  404  404
POST proposal/work_status                    -  404  400  404  404  404  404  404  404  404  404
GET  proposal_file/work_status               -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/work_status            -  404  200  404  404  404  404  404  404  404  404
GET  proposal_drop/work_status               -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/work_status               -  404  302  404  404  404  404  404  404  404  404
GET  proposal_change/work_status             -  404  200  404  404  404  404  404  404  404  404
POST proposal_change/work_status             -  404  409  404  404  404  404  404  404  404  404
"""
