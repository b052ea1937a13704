"""Pictures of the figures for a phone: PNG, 1080 pixels wide, drawn in a child process.

The colours are those of Okabe and Ito (2008), which people with any kind of colour blindness can tell apart; nothing is
told by colour alone: what has no deadline is hatched, every stretch that is wide enough carries its count, each series
of the trend has a field of its own with its name, and a day that is overdue says so.
"""

from exports.charts.month import month_chart
from exports.charts.room import ChartRoom
from exports.charts.trend import trend_chart
from exports.charts.units import LOOKS, MOST_UNITS, units_chart

__all__ = ["LOOKS", "MOST_UNITS", "ChartRoom", "month_chart", "trend_chart", "units_chart"]
