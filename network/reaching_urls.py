"""Messages, contact and the coordinators' part of both, under /account/."""

from django.urls import path

from network.views import desk_messages, enquiries, relay, reveals

urlpatterns = [
    path("messages/", relay.messages, name="messages"),
    path("messages/new/<slug:public_id>/", relay.write, name="write"),
    path("messages/<slug:public_id>/", relay.conversation, name="conversation"),
    path("messages/<slug:public_id>/block/", relay.block, name="block"),
    path("messages/<slug:public_id>/<slug:message>/open/", relay.open_message, name="open_message"),
    path("messages/<slug:public_id>/<slug:message>/report/", relay.report, name="report_message"),
    path("contact/<slug:public_id>/<slug:field>/", reveals.contact, name="contact"),
    path("desk/messages/", desk_messages.desk_messages, name="desk_messages"),
    path("desk/messages/reports/<slug:report>/open/", desk_messages.open_report, name="open_report"),
    path("desk/messages/reports/<slug:report>/close/", desk_messages.close_report, name="close_report"),
    path("desk/messages/unclaimed/<slug:message>/open/", desk_messages.open_unclaimed, name="open_unclaimed"),
    path("desk/enquiries/", enquiries.desk_enquiries, name="desk_enquiries"),
    path("desk/enquiries/<slug:public_id>/", enquiries.desk_enquiry, name="desk_enquiry"),
    path("desk/enquiries/<slug:public_id>/open/", enquiries.open_enquiry, name="open_enquiry"),
]
