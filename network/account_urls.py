"""What members and coordinators do, under /account/: each room brings its own addresses.

These pages are in the person's own language and in no search engine.
"""

from django.urls import URLPattern, URLResolver, path

from network import joining_urls, reaching_urls
from network.views import entry, further, network_life, recovery, saved_searches

NETWORK_LIFE = [
    path("desk/networks/<slug:slug>/", network_life.network_desk, name="network_desk"),
    path("desk/networks/<slug:slug>/partner/", network_life.partner, name="network_partner"),
    path("desk/networks/<slug:slug>/part/", network_life.part, name="network_part"),
    path("desk/networks/<slug:slug>/review/", network_life.review, name="network_review"),
    path("desk/networks/<slug:slug>/<slug:kind>/new/", network_life.edit, name="network_new"),
    path("desk/networks/<slug:slug>/<slug:kind>/<int:pk>/", network_life.edit, name="network_edit"),
    path("desk/networks/<slug:slug>/<slug:kind>/<int:pk>/remove/", network_life.remove, name="network_remove"),
]
SAVED_SEARCHES = [
    path("searches/", saved_searches.searches, name="searches"),
    path("searches/save/", saved_searches.save, name="save_search"),
    path("searches/stop/<str:token>/", saved_searches.stop_digests, name="stop_digests"),
    path("searches/<slug:public_id>/", saved_searches.change, name="search"),
    path("searches/<slug:public_id>/remove/", saved_searches.remove, name="remove_search"),
]

ENTRY = [
    path("entry/", entry.own, name="own"),
    path("entry/<slug:public_id>/", entry.own_entry, name="own_entry"),
    path("entry/<slug:public_id>/edit/", entry.edit, name="edit_entry"),
    path("entry/<slug:public_id>/export/", entry.export, name="export_entry"),
    path("entry/<slug:public_id>/erase/", entry.erase, name="erase_entry"),
    path("entry/<slug:public_id>/looks/", entry.looks, name="looks"),
    path("entry/<slug:public_id>/networks/join/", further.join, name="join_further"),
    path("entry/<slug:public_id>/networks/<slug:reference>/", further.asked, name="further"),
    path("entry/<slug:public_id>/networks/<slug:reference>/more/", further.more, name="further_more"),
    path("entry/<slug:public_id>/networks/<slug:reference>/appeal/", further.appeal, name="further_appeal"),
    path("entry/<slug:public_id>/networks/<slug:reference>/withdraw/", further.withdraw, name="further_withdraw"),
    path("entry/<slug:public_id>/leave/<int:network>/", entry.leave_network, name="leave_network"),
    *(
        path(f"entry/<slug:public_id>/{step}/", entry.act, {"step": step}, name=f"{step}_entry")
        for step in ("confirm", "pause", "come-back", "leave")
    ),
    path("renew/<str:secret>/", entry.renew, name="renew"),
]

RECOVERY = [
    path("recovery/", recovery.ask, name="recovery"),
    path("recovery/asked/", recovery.asked, name="recovery_asked"),
    path("recovery/stop/", recovery.stop_own, name="recovery_stop_own"),
    path("recovery/stop/<str:secret>/", recovery.stop, name="recovery_stop"),
    path("recovery/finish/<str:secret>/", recovery.finish, name="recovery_finish"),
    path("desk/recoveries/", recovery.recoveries, name="recoveries"),
    path("desk/recoveries/<slug:public_id>/", recovery.decide, name="recovery_decide"),
    path("desk/recoveries/<slug:public_id>/refuse/", recovery.refuse, name="recovery_refuse"),
]

app_name = "network_account"
urlpatterns: list[URLPattern | URLResolver] = [
    *ENTRY,
    *NETWORK_LIFE,
    *RECOVERY,
    *SAVED_SEARCHES,
    *joining_urls.account,
    *reaching_urls.urlpatterns,
]
