"""Acts on several accounts at once in the CMS: ours, in the place of Wagtail's."""

from wagtail import hooks

from accounts.cms_users import StaffAssignRole, StaffBulkDelete, StaffSetActive

for action in (StaffAssignRole, StaffBulkDelete, StaffSetActive):
    # Later than Wagtail's own, which this app's place in the list comes before: the last of a name counts.
    hooks.register("register_bulk_action", action, order=100)
