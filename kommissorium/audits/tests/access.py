"""The answer each person gets at this room's addresses (see config/tests/visiting.py).

The employee audits one of them today, from outside. Findings are for those who read the report, so
that the neighbour knows of none.
"""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Audits
GET  audits                                  -  404  200  200  200  200  200  200  200  200  200
GET  audits_file                             -  404  200  200  200  200  200  200  200  200  200
GET  audit_settings                          -  403  200  403  403  403  403  403  403  403  403
POST audit_settings                          -  403  400  403  403  403  403  403  403  403  403
GET  audit_auditor                           -  404  200  403  403  403  403  403  403  403  403
POST audit_auditor                           -  404  400  403  403  403  403  403  403  403  403
GET  audit_auditor/foreign                   -  404  200  403  403  403  403  403  404  404  403
# Of another auditor: who asks, who led the plan, the auditor until now, and the new one.
GET  audit_auditor_change                    -  404  200  200  404  404  404  200  200  404  404
POST audit_auditor_change                    -  404  400  400  404  404  404  400  400  404  404
GET  audit_material                          -  404  200  403  403  403  403  200  200  403  403
GET  audit_material/foreign                  -  404  200  403  403  403  403  200  404  404  403
GET  audit_sample                            -  404  200  403  403  403  403  403  200  403  403
POST audit_sample                            -  404  400  403  403  403  403  403  400  403  403
GET  audit_sample/foreign                    -  404  200  403  403  403  403  200  404  404  403
GET  audit_checklist                         -  404  200  403  403  403  403  200  200  403  403
POST audit_checklist                         -  404  400  403  403  403  403  403  400  403  403
GET  audit_checklist/foreign                 -  404  200  403  403  403  403  200  404  404  403
GET  audit_check                             -  404  200  403  403  403  403  403  200  403  403
POST audit_check                             -  404  400  403  403  403  403  403  400  403  403
GET  audit_check/foreign                     -  404  200  403  403  403  403  200  404  404  403
GET  audit_report                            -  404  200  403  403  403  403  403  200  403  403
GET  audit_report/foreign                    -  404  200  403  403  403  403  200  404  404  403
GET  audit_report_issue                      -  404  200  403  403  403  403  403  200  403  403
POST audit_report_issue                      -  404  400  403  403  403  403  403  400  403  403
GET  audit_report_issue/foreign              -  404  200  403  403  403  403  200  404  404  403
POST audit_report_issue/foreign              -  404  400  403  403  403  403  400  404  404  403
GET  audit_evaluation_new                    -  405  405  405  405  405  405  405  405  405  405
POST audit_evaluation_new                    -  404  400  403  403  403  403  403  403  403  403
POST audit_evaluation_new/foreign            -  404  400  403  403  403  403  403  404  404  403
GET  audit_evaluation                        -  404  200  404  404  404  404  404  404  404  404
GET  audit_finding                           -  404  200  200  200  200  200  200  200  200  404
GET  audit_finding/foreign                   -  404  200  200  200  200  200  200  404  404  404
GET  audit_answer                            -  404  200  403  403  403  403  403  403  200  404
POST audit_answer                            -  404  400  403  403  403  403  403  403  400  404
GET  audit_answer/foreign                    -  404  200  403  403  200  403  403  404  404  404
POST audit_answer/foreign                    -  404  400  403  403  400  403  403  404  404  404
GET  audit_closure                           -  404  200  403  403  403  403  403  403  200  404
POST audit_closure                           -  404  400  403  403  403  403  403  403  400  404
GET  audit_closure/foreign                   -  404  200  403  403  200  403  403  404  404  404
GET  audit_evidence                          -  404  200  200  200  200  200  200  200  200  404
GET  audit_evidence/foreign                  -  404  200  200  200  200  200  200  404  404  404
GET  audit_verdict                           -  404  403  403  403  403  403  403  200  403  404
POST audit_verdict                           -  404  403  403  403  403  403  403  400  403  404
GET  audit_verdict/foreign                   -  404  403  403  403  403  403  200  404  404  404

# Its plans and audits, at the kit's addresses
GET  activity/audits                         -  404  200  200  200  200  200  200  200  200  200
GET  activity/foreign_audits                 -  404  200  200  200  200  200  200  404  404  200
GET  activity/draft_audits                   -  404  200  404  404  404  404  404  404  404  404
GET  activity_history/audits                 -  404  200  200  200  200  200  200  200  200  200
GET  activity_history/foreign_audits         -  404  200  200  200  200  200  200  404  404  200
GET  activity_hold/audits                    -  404  200  403  403  403  403  403  200  200  403
POST activity_hold/audits                    -  404  400  403  403  403  403  403  400  400  403
GET  activity_hold/foreign_audits            -  404  200  403  403  200  403  200  404  404  403
POST activity_hold/foreign_audits            -  404  400  403  403  400  403  400  404  404  403
GET  activity_finding/audits                 -  404  200  403  403  403  403  403  200  403  403
POST activity_finding/audits                 -  404  400  403  403  403  403  403  400  403  403
GET  activity_change/audits                  -  404  200  403  403  403  403  403  403  403  403
POST activity_change/audits                  -  404  400  403  403  403  403  403  403  403  403
GET  activity_change/foreign_audits          -  404  403  403  403  403  403  403  404  404  403
GET  activity_change/draft_audits            -  404  200  404  404  404  404  404  404  404  404
POST activity_change/draft_audits            -  404  400  404  404  404  404  404  404  404  404
GET  activity_call_off/audits                -  404  200  403  403  403  403  403  403  403  403
POST activity_call_off/audits                -  404  400  403  403  403  403  403  403  403  403
GET  activity_call_off/foreign_audits        -  404  403  403  403  403  403  403  404  404  403
GET  activity_remove/draft_audits            -  404  200  404  404  404  404  404  404  404  404
POST activity_remove/draft_audits            -  404  302  404  404  404  404  404  404  404  404
GET  activity_plan_new/audits                -  403  200  403  403  403  403  403  403  403  403
POST activity_plan_new/audits                -  403  400  403  403  403  403  403  403  403  403
GET  activity_plan/audits                    -  404  200  200  200  200  200  200  404  404  200
GET  activity_plan/draft_audits              -  404  200  404  404  404  404  404  404  404  404
GET  activity_new/audits                     -  404  200  403  403  403  403  403  404  404  403
POST activity_new/audits                     -  404  400  403  403  403  403  403  404  404  403
GET  proposal/audits                         -  404  200  404  404  404  404  404  404  404  404
POST proposal/audits                         -  404  400  404  404  404  404  404  404  404  404
GET  proposal_file/audits                    -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/audits                 -  404  200  404  404  404  404  404  404  404  404
GET  proposal_drop/audits                    -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/audits                    -  404  302  404  404  404  404  404  404  404  404
GET  proposal_change/audits                  -  404  200  404  404  404  404  404  404  404  404
POST proposal_change/audits                  -  404  400  404  404  404  404  404  404  404  404
"""
