"""How Vietnam writes dates and numbers; Django's own `vi` reads 01/07/2026 as 7 January and groups no digits."""

DAY_FIRST = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%Y-%m-%d"]
"""The day always comes first; a year-month-day typed by a browser or a machine cannot be mistaken either."""
DAY_FIRST_WITH_TIME = [f"{day} {time}" for day in DAY_FIRST for time in ("%H:%M", "%H:%M:%S")]
