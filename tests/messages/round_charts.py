"""A round in numbers, as its charts show it."""

from datetime import date

from mentoring.round_charts import MonthOfMeetings, PartnershipStage, RoundCharts, RoundStep

ROUND_CHARTS = RoundCharts(
    dict(zip(RoundStep, (34, 30, 28, 26, 6), strict=True)),
    {PartnershipStage.ACTIVE: 9, PartnershipStage.PAUSED: 1, PartnershipStage.COMPLETED: 3, PartnershipStage.ENDED: 1},
    (MonthOfMeetings(date(2027, 2, 1), 11, 13), MonthOfMeetings(date(2027, 3, 1), 17, 21)),
)
NO_CHARTS = RoundCharts(dict.fromkeys(RoundStep, 0), {}, ())
"""Nobody has applied yet."""
