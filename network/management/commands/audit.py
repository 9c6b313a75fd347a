"""`manage.py audit`: proves that no row of the audit log was changed, cut off or put in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.audit import first_broken
from network.models import AuditHead


class Command(BaseCommand):
    help = "Verifies the audit log and prints where it ends; note that line elsewhere, and compare it next time."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken()
        if broken is not None:
            raise CommandError(f"The audit log is broken at row {broken}.", returncode=1)
        head = AuditHead.objects.filter(pk=AuditHead.ONLY).first() or AuditHead()
        self.stdout.write(f"The audit log is whole: {head.number} rows, {head.digest or 'empty'}")
