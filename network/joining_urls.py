"""Addresses of joining and of the coordinators' desk: `public` under /<lang>/, `account` under /account/."""

from django.urls import path

from network.views import desk, desk_people, joining

public = [
    path("join/", joining.join, name="join"),
    path("join/applied/", joining.applied, name="applied"),
    path("join/confirm/<str:secret>/", joining.confirm_application, name="confirm_application"),
    path("join/begin/<str:secret>/", joining.founded, name="founded"),
    path("join/invited/<str:secret>/", joining.invited, name="invited"),
    path("people/<slug:public_id>/report/", desk_people.report, name="report"),
]
account = [
    path("application/", joining.application, name="application"),
    path("application/more/", joining.send_more, name="send_more"),
    path("application/withdraw/", joining.withdraw, name="withdraw"),
    path("application/appeal/", joining.appeal, name="appeal"),
    path("invitations/", joining.invitations, name="invitations"),
    path("vouching/", joining.vouching_asked, name="vouching"),
    path("vouching/<slug:reference>/", joining.vouch, name="vouch"),
    path("desk/", desk.desk, name="desk"),
    path("desk/applications/<slug:reference>/", desk.application, name="desk_application"),
    path("desk/applications/<slug:reference>/evidence/", desk.evidence, name="desk_evidence"),
    path("desk/applications/<slug:reference>/decision/", desk.decision, name="desk_decision"),
    path("desk/applications/<slug:reference>/missing/", desk.missing, name="desk_missing"),
    path("desk/applications/<slug:reference>/calling/", desk.calling, name="desk_calling"),
    path("desk/applications/<slug:reference>/proof/<int:number>/", desk.proof, name="desk_proof"),
    path("desk/members/", desk_people.members, name="desk_members"),
    path("desk/suspensions/", desk_people.suspensions, name="suspensions"),
    path("desk/suspensions/<slug:reference>/lift/", desk_people.lift, name="lift"),
    path("desk/networks/<slug:slug>/suspend/", desk_people.suspend_network, name="suspend_network"),
    path("desk/networks/<slug:slug>/suspend/<slug:public_id>/", desk_people.suspend_entry, name="suspend_entry"),
    path("desk/networks/<slug:slug>/changed/<slug:public_id>/", desk_people.confirm_change, name="confirm_change"),
    path("desk/reports/", desk_people.reports, name="reports"),
    path("desk/reports/<slug:reference>/close/", desk_people.close_report, name="close_report"),
    path("desk/coordinators/", desk_people.coordinators, name="coordinators"),
    path("desk/coordinators/<int:membership>/propose/", desk_people.propose, name="propose"),
    path("desk/coordinators/<int:membership>/answer/", desk_people.answer_proposal, name="answer_proposal"),
    path("desk/coordinators/<int:membership>/resign/", desk_people.resign, name="resign"),
    path("desk/log/", desk_people.log, name="desk_log"),
]
