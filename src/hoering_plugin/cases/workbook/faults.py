"""What can be wrong with a workbook as a workbook: sheets, columns, rows and cells."""

from __future__ import annotations

from hoering_plugin.findings import error, warning

NO_SHEET = error(
    "ark-mangler",
    "Arket »{ark}« mangler.",
    "{forslag}Giv arket sit navn igen, eller kopiér det fra et nyt regneark.",
)
UNKNOWN_SHEET = warning("ark-ukendt", "Arket »{ark}« læses ikke.", "{forslag}")
NO_HEADING = error(
    "ark-overskrift-mangler", "Arket »{ark}« har ingen række med overskrifter.", "Overskrifterne er {kendte}."
)
NO_COLUMN = error("kolonne-mangler", "Kolonnen »{kolonne}« mangler i arket »{ark}«.", "{forslag}Tilføj den.")
UNKNOWN_COLUMN = warning("kolonne-ukendt", "Kolonnen »{kolonne}« læses ikke.", "{forslag}")
SAME_COLUMN = error("kolonne-dobbelt", "Kolonnen »{kolonne}« står to gange.", "Slet den ene.")
UNKNOWN_FIELD = error(
    "felt-i-arket-ukendt", "Feltet »{felt}« findes ikke.", "{forslag}Slet rækken, eller ret navnet."
)
NO_ROWS = error("ark-tomt", "Arket »{ark}« har ingen rækker under overskrifterne.", "Udfyld mindst én række.")
MERGED = error(
    "celler-flettet",
    "Cellerne {omraade} er flettet, så det ikke kan ses, hvad der står i hver.",
    "Ophæv fletningen, og udfyld hver celle.",
)
NO_VALUE = error(
    "celle-formel",
    "Cellen har en formel, som ikke er beregnet.",
    "Åbn regnearket i Excel, og gem det, eller skriv værdien i cellen.",
)
FAULTY = error(
    "celle-fejlvaerdi", "Cellen viser fejlen {fejl}.", "Ret formlen, eller skriv værdien i cellen."
)
NO_PARENT = error(
    "raekke-uden-ejer",
    "»{navn}« findes ikke i arket »{ark}«.",
    "{forslag}Ret navnet, eller tilføj rækken der.",
)
NEEDS_PARENT = error(
    "raekke-ejer-mangler",
    "Rækken siger ikke, hvilken række i arket »{ark}« den hører til.",
    "Udfyld kolonnen »{kolonne}«.",
)
TWICE = error("raekke-navn-dobbelt", "Navnet »{navn}« står to gange.", "Slet den ene række.")
TOO_MANY = error(
    "ark-for-langt", "Arket »{ark}« har mere end {antal} rækker.", "Slet de rækker, der ikke er i brug."
)
NO_SWITCH = error(
    "vilkaar-uden-ja",
    "Der står vilkår til ministersvar {nr}, men »Egne vilkår« er ikke »ja«.",
    "Skriv ja i kolonnen »Egne vilkår«, eller slet vilkårene.",
)
HIDDEN = warning(
    "raekker-skjult",
    "Arket »{ark}« har {antal} skjulte rækker, fx bag et filter. De er læst som de andre.",
    "Fjern filteret for at se dem.",
)
