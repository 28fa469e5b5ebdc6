"""What people type in real spreadsheets, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from clientimport.model.clock import Clock
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue, Severity
from clientimport.schema.finding_catalog import finding_kinds
from clientimport.schema.types import TYPES
from clientimport.schema.types.fixed_value import FixedValue
from clientimport.schema.types.language import Language
from clientimport.schema.types.national_register_number import NationalRegisterNumber
from clientimport.schema.types.vat_number import VatNumber

# type, typed, country of the row, canonical value, code of the repair
READ = [
    ("company_number", "BE 0403.019.261", "BE", "0403019261", "company_number.separators"),
    ("company_number", "BE 0(403)019.261", "BE", "0403019261", "company_number.separators"),
    ("company_number", "(0)403.019.261", "BE", "0403019261", "company_number.separators"),
    ("company_number", "403.019.261", "BE", "0403019261", "company_number.zero_restored"),
    ("company_number", "\u00a00403019261\u200b", "BE", "0403019261", "text.spaces"),
    ("company_number", "０４０３０１９２６１", "BE", "0403019261", "text.characters"),
    ("company_number", "NULL", "BE", None, "value.nothing"),
    ("company_number", "0", "BE", None, "value.nothing"),
    ("company_number", "0000.000.000", "BE", None, "value.nothing"),
    ("vat_number", "BE0", "BE", None, "value.nothing"),
    ("company_number", "B 82.454", "LU", "B82454", "company_number.separators"),
    ("company_number", "HRB 12345", "DE", "HRB 12345", None),
    ("company_number", "303 265 045", "FR", "303265045", "company_number.separators"),
    ("vat_number", "0403019261", "BE", "BE0403019261", "vat_number.prefix_restored"),
    ("vat_number", "BE403019261", "BE", "BE0403019261", "vat_number.zero_restored"),
    ("vat_number", "TVA-BE-0403.019.261", "BE", "BE0403019261", "vat_number.separators"),
    ("vat_number", "NL 4495445B01", "BE", "NL4495445B01", "vat_number.separators"),
    ("vat_number", "vrijgesteld", "BE", None, "vat_number.not_subject"),
    ("vat_number", "non assujetti", "BE", None, "vat_number.not_subject"),
    ("vat_number", "Niet btw-plichtig", "BE", None, "vat_number.not_subject"),
    ("vat_number", "BTW-vrijgesteld art. 44", "BE", None, "vat_number.not_subject"),
    ("vat_number", "Art. 44 § 1 WBTW", "BE", None, "vat_number.not_subject"),
    ("vat_number", "kleine onderneming", "BE", None, "vat_number.not_subject"),
    ("vat_number", "régime de franchise", "BE", None, "vat_number.not_subject"),
    ("vat_number", "franchise TVA", "BE", None, "vat_number.not_subject"),
    ("vat_number", "Kleinunternehmer", "DE", None, "vat_number.not_subject"),
    ("vat_number", "no VAT", "BE", None, "vat_number.not_subject"),
    ("vat_number", "vrijgesteld, BE 0403.019.261", "BE", "BE0403019261", "vat_number.separators"),
    ("vat_number", "franchise 0403.019.261", "BE", "BE0403019261", "vat_number.prefix_restored"),
    ("vat_number", "Demandé : LU 150 274 42", "LU", "LU15027442", "vat_number.separators"),
    ("vat_number", "CHE-123.456.788 MWST", "CH", "CHE123456788MWST", "vat_number.separators"),
    ("vat_number", "aangevraagd: BE 0403.019.261", "BE", "BE0403019261", "vat_number.separators"),
    ("vat_number", "136695976", "DE", "DE136695976", "vat_number.prefix_restored"),
    ("vat_number", "LU 150 274 42", "BE", "LU15027442", "vat_number.separators"),
    ("rcs_number", "RCS Luxembourg B82454", "LU", "B82454", "rcs_number.separators"),
    ("rcs_number", "b82454", "LU", "B82454", "rcs_number.separators"),
    ("rcs_number", "RCSL B 270264", "LU", "B270264", "rcs_number.separators"),
    ("rcs_number", "R.C.S.L. B32124", "LU", "B32124", "rcs_number.separators"),
    ("rcs_number", "R.C.S. L 82454", "LU", "L82454", "rcs_number.separators"),
    ("rcs_number", "RC B250475", "LU", "B250475", "rcs_number.separators"),
    ("rcs_number", "LBR E106125", "LU", "E106125", "rcs_number.separators"),
    ("rcs_number", "B136164 (Luxembourg)", "LU", "B136164", "rcs_number.separators"),
    ("rcs_number", "B 82454 R.C.S. Luxembourg", "LU", "B82454", "rcs_number.separators"),
    ("rcs_number", "E117'935", "LU", "E117935", "rcs_number.separators"),
    ("rcs_number", "E117’935", "LU", "E117935", "rcs_number.separators"),
    ("rcs_number", "B n° 78062", "LU", "B78062", "rcs_number.separators"),
    ("rcs_number", "B nº 78062", "LU", "B78062", "rcs_number.separators"),
    ("rcs_number", "B-82.454", "LU", "B82454", "rcs_number.separators"),
    ("rcs_number", "No RCS : B 82454", "LU", "B82454", "rcs_number.separators"),
    ("rcs_number", "N123", "LU", "N123", None),
    ("company_number", "RCSL B 270264", "LU", "B270264", "company_number.separators"),
    ("national_register_number", "17.07.30-033.84", "BE", "17073003384", "national_register_number.separators"),
    ("national_register_number", "98472899765", "BE", "98472899765", None),
    ("national_register_number", "1490700185", "BE", "01490700185", "national_register_number.zero_restored"),
    ("iban", "BE68 5390 0754 7034", "BE", "BE68539007547034", "iban.spaces"),
    ("iban", "IBAN: be68-5390-0754-7034", "BE", "BE68539007547034", "iban.spaces"),
    ("bic", "GKCCBEBB", "BE", "GKCCBEBB", None),
    ("bic", "BIC: gkcc be bb", "BE", "GKCCBEBB", "bic.spaces"),
    ("bic", "GEB ABEBB", "BE", "GEBABEBB", "bic.spaces"),
    ("bic", "UNCR IT MM XXX", "BE", "UNCRITMMXXX", "bic.spaces"),
    ("iban", "BE68 5390 0754 7034 (KBC)", "BE", "BE68539007547034", "iban.beside_words"),
    ("iban", "BIC GEBABEBB IBAN BE68539007547034", "BE", "BE68539007547034", "iban.beside_words"),
    ("iban", "BE68 5390 0754 7034 sinds 01/02/2024", "BE", "BE68539007547034", "iban.beside_words"),
    ("iban", "539-0075470-34 / BE68539007547034", "BE", "BE68539007547034", "iban.beside_words"),
    ("iban", "539-0075470-34", "BE", "BE68539007547034", "iban.from_old_account"),
    ("iban", "IBAN: BE68539007547034", "BE", "BE68539007547034", "iban.spaces"),
    ("company_number", "0208:0403019261", "BE", "0403019261", "company_number.peppol_id"),
    ("company_number", "9925:BE0403019261", "BE", "0403019261", "company_number.peppol_id"),
    ("company_number", "9956:0403.019.261", "BE", "0403019261", "company_number.peppol_id"),
    ("company_number", "iso6523-actorid-upis::0208:0403019261", "BE", "0403019261", "company_number.peppol_id"),
    ("company_number", "02080403019261", "BE", "0403019261", "company_number.peppol_id"),
    ("company_number", "0240:20192401234", "LU", "20192401234", "company_number.peppol_id"),
    ("company_number", "0106:12345678", "NL", "12345678", "company_number.peppol_id"),
    ("company_number", "02080403019261", "FR", "02080403019261", None),
    ("vat_number", "9925:be0403019261", "BE", "BE0403019261", "vat_number.peppol_id"),
    ("vat_number", "9938:LU15027442", "LU", "LU15027442", "vat_number.peppol_id"),
    ("vat_number", "GR094259216", "GR", "EL094259216", "vat_number.greek_prefix"),
    ("vat_number", "GR 094.259.216", "GR", "EL094259216", "vat_number.greek_prefix"),
    ("vat_number", "EL094259216", "GR", "EL094259216", None),
    ("national_register_number", "5011500772", "BE", "05011500772", "national_register_number.zero_restored"),
    ("national_register_number", " 85073003328", "BE", "85073003328", "national_register_number.separators"),
    ("bic", "onbekend", "BE", None, "value.nothing"),
    ("email", "mailto:Jan@x.be", "BE", "Jan@x.be", "email.wrapped"),
    ("email", "Jan@X.BE", "BE", "Jan@x.be", "email.domain"),
    ("email", "jan@x.be;", "BE", "jan@x.be", "email.wrapped"),
    ("email", "Jan Peeters (jan@x.be)", "BE", "jan@x.be", "email.wrapped"),
    ("emails", "Jansen, Jan <jan@x.be>", "BE", "jan@x.be", "email.wrapped"),
    ("phone", "0475/12.34.56 (privé)", "BE", "+32475123456", "phone.international"),
    ("company_number", "KvK 12345678", "NL", "12345678", "company_number.separators"),
    ("vat_number", "N° TVA : BE 0403 019 261", "BE", "BE0403019261", "vat_number.separators"),
    ("email", "-", "BE", None, "value.nothing"),
    ("email", "pas d'e-mail", "BE", None, "value.nothing"),
    ("mobile", "geen gsm", "BE", None, "value.nothing"),
    ("phone", "Pas de téléphone", "BE", None, "value.nothing"),
    ("emails", "a@x.be ::: b@x.be", "BE", "a@x.be,b@x.be", "emails.separators"),
    ("emails", "a@x.be\nb@x.be", "BE", "a@x.be,b@x.be", "emails.separators"),
    ("emails", "a@x.be b@x.be", "BE", "a@x.be,b@x.be", "emails.separators"),
    ("emails", "a@x.be,b@x.be", "BE", "a@x.be,b@x.be", None),
    ("mobile", "+32 (0)475 12 34 56", "BE", "+32475123456", "phone.international"),
    ("mobile", "0032 475 123456", "LU", "+32475123456", "phone.international"),
    ("mobile", "475123456", "BE", "+32475123456", "phone.international"),
    ("mobile", "32475123456", "BE", "+32475123456", "phone.international"),
    ("mobile", "621 123 456", "LU", "+352621123456", "phone.international"),
    ("country", "fRaNce", "BE", "FR", "country.name"),
    ("country", "Lëtzebuerg", "BE", "LU", "country.name"),
    ("country", "Royaume-Uni", "BE", "GB", "country.name"),
    ("country", "Bélgica", "BE", "BE", "country.name"),
    ("country", "bEl", "BE", "BE", "country.code3"),
    ("country", "Βέλγιο", "BE", "BE", "country.name"),
    ("country", "ΒΕΛΓΙΟ", "BE", "BE", "country.name"),
    ("country", "Бельгия", "BE", "BE", "country.name"),
    ("country", "Белгия", "BE", "BE", "country.name"),
    ("country", "بلجيكا", "BE", "BE", "country.name"),
    ("country", "比利时", "BE", "BE", "country.name"),
    ("country", "フランス", "BE", "FR", "country.name"),
    ("country", "België / Бельгия", "BE", "BE", "country.alias"),
    ("country", "Belgique (比利时)", "BE", "BE", "country.alias"),
    ("country", "GD Luxembourg", "BE", "LU", "country.alias"),
    ("country", "B", "BE", "BE", "country.alias"),
    ("country", "België / Belgique", "BE", "BE", "country.alias"),
    ("country", "LUX.", "BE", "LU", "country.alias"),
    ("country", "Lux.", "BE", "LU", "country.alias"),
    ("country", "BEL.", "BE", "BE", "country.alias"),
    ("country", "B.", "BE", "BE", "country.alias"),
    ("country", "BE.", "BE", "BE", "country.alias"),
    ("country", "Belg.", "BE", "BE", "country.alias"),
    ("country", "Grand-Duché", "BE", "LU", "country.alias"),
    ("country", "Gd-Duché de Luxembourg", "BE", "LU", "country.alias"),
    ("country", "Pays Bas", "BE", "NL", "country.name"),
    ("country", "Allemagne (D)", "BE", "DE", "country.alias"),
    ("country", "NA", "BE", "NA", None),
    ("country", "n/a", "BE", None, "value.nothing"),
    ("language", "FR", "BE", "fr", "language.casing"),
    ("language", "dutch", "BE", "nl", "language.name"),
    ("language", "NED", "BE", "nl", "language.alias"),
    ("language", "Vlaams", "BE", "nl", "language.alias"),
    ("language", "Nederlands / néerlandais", "BE", "nl", "language.alias"),
    ("language", "Français (FR)", "BE", "fr", "language.alias"),
    ("language", "en-NL", "BE", "en", "language.from_locale"),
    ("language", "EN-NL", "BE", "en", "language.from_locale"),
    ("language", "fr-FR", "BE", "fr", "language.from_locale"),
    ("language", "de-FR", "BE", "de", "language.from_locale"),
    ("locale", "NL-be", "BE", "nl-BE", "locale.spelling"),
    ("locale", "Français (Belgique)", "LU", "fr-BE", "locale.spelling"),
    ("locale", "fr_BE", "LU", "fr-BE", "locale.spelling"),
    ("locale", "nl/BE", "BE", "nl-BE", "locale.spelling"),
    ("locale", "NL/BE", "BE", "nl-BE", "locale.spelling"),
    ("locale", "nlbe", "BE", "nl-BE", "locale.spelling"),
    ("locale", "frlu", "LU", "fr-LU", "locale.spelling"),
    ("locale", "fr-fr", "BE", "fr-FR", "locale.spelling"),
    ("locale", "FR/FR", "BE", "fr-FR", "locale.spelling"),
    ("locale", "de_de", "BE", "de-DE", "locale.spelling"),
    ("locale", "en-nl", "BE", "en-NL", "locale.spelling"),
    ("locale", "fr", "LU", "fr-LU", "locale.country_added"),
    ("postal_code", "L-1234", "LU", "1234", "postal_code.prefix"),
    ("postal_code", "1234ab", "NL", "1234 AB", "postal_code.spelling"),
    ("postal_code", "1067", "DE", "01067", "postal_code.zero_restored"),
    ("postal_code", "1012 ab", "NL", "1012 AB", "postal_code.spelling"),
    ("postal_code", "1234 BE", "NL", "1234 BE", None),
    ("postal_code", "B 9000", "BE", "9000", "postal_code.prefix"),
    ("postal_code", "be9000", "BE", "9000", "postal_code.prefix"),
    ("postal_code", "9000 BE", "BE", "9000", "postal_code.prefix"),
    ("postal_code", "9000 (B)", "BE", "9000", "postal_code.prefix"),
    ("postal_code", "L - 6630", "LU", "6630", "postal_code.prefix"),
    ("postal_code", "F 59000", "FR", "59000", "postal_code.prefix"),
    ("postal_code", "A-6020", "AT", "6020", "postal_code.prefix"),
    ("postal_code", "CH-8001", "CH", "8001", "postal_code.prefix"),
    ("postal_code", "LT-10309", "LT", "10309", "postal_code.prefix"),
    ("postal_code", "LV-1010", "LV", "1010", "postal_code.prefix"),
    ("postal_code", "FIN-00100", "FI", "00100", "postal_code.prefix"),
    ("postal_code", "SLO-1000", "SI", "1000", "postal_code.prefix"),
    ("postal_code", "S-114 55", "SE", "114 55", "postal_code.prefix"),
    ("postal_code", "PL-00-950", "PL", "00-950", "postal_code.prefix"),
    ("postal_code", "GR 104 31", "GR", "104 31", "postal_code.prefix"),
    ("postal_code", "L1 8JQ", "GB", "L1 8JQ", None),
    ("postal_code", "D02 AF30", "IE", "D02 AF30", None),
    ("postal_code", "SW1A 1AA", "GB", "SW1A 1AA", None),
    ("postal_code", "AD500", "AD", "AD500", None),
    ("yes_no", "WAAR", "BE", "yes", "yes_no.word"),
    ("yes_no", "0", "BE", "no", "yes_no.word"),
    ("yes_no", "-", "BE", None, "value.nothing"),
    ("date", "30-6-2025", "BE", "2025-06-30", "date.day_first"),
    ("date", "15 juli 2027", "BE", "2027-07-15", "date.spelling"),
    ("date", "15 juillet 2027", "BE", "2027-07-15", "date.spelling"),
    ("date", "1er mars 2027", "BE", "2027-03-01", "date.spelling"),
    ("date", "15. Juli 2027", "BE", "2027-07-15", "date.spelling"),
    ("date", "July 15, 2027", "BE", "2027-07-15", "date.spelling"),
    ("date", "15-jul-27", "BE", "2027-07-15", "date.spelling"),
    ("date", "maandag 1 mrt. 2027", "BE", "2027-03-01", "date.spelling"),
    ("date", "20270715", "BE", "2027-07-15", "date.spelling"),
    ("date", "2025-06-30 00:00:00", "BE", "2025-06-30", "date.spelling"),
    ("labels", "PB, zelfstandige ,x", "BE", "PB,zelfstandige,x", "labels.separators"),
    ("name", "Jansen\nBV", "BE", "Jansen BV", "text.line_break"),
    ("name", "Geen", "BE", None, "value.nothing"),
    ("name", "n.v.t.", "BE", None, "value.nothing"),
    ("name", "Néant", "BE", None, "value.nothing"),
    ("name", "ONBEKEND", "BE", None, "value.nothing"),
    ("name", "N/A", "BE", None, "value.nothing"),
    ("name", "xxx", "BE", None, "value.nothing"),
    ("name", "/", "BE", None, "value.nothing"),
    ("name", "Onbekend BV", "BE", "Onbekend BV", None),
    ("name", "Geen NV", "BE", "Geen NV", None),
    ("name", "Geens", "BE", "Geens", None),
    ("name", "Null", "BE", "Null", None),
    ("name", "Leer", "BE", "Leer", None),
    ("person_name", "Onbekend", "BE", None, "value.nothing"),
    ("person_name", "Dr. Peeters", "BE", "Peeters", "name.remark"),
    ("person_name", "Mevr. An", "BE", "An", "name.remark"),
    ("person_name", "Peeters (weduwe)", "BE", "Peeters", "name.remark"),
    ("person_name", "Peeters †", "BE", "Peeters", "name.remark"),
    ("person_name", "M. Claire", "BE", "M. Claire", None),
    ("person_name", "Dubois, fils", "BE", "Dubois, fils", None),
    ("person_name", "Claes, zaakvoerder", "BE", "Claes", "name.remark"),
    ("person_name", "De Meester", "BE", "De Meester", None),
    ("person_name", "Ir", "BE", "Ir", None),
    ("person_name", "Drieka", "BE", "Drieka", None),
    ("person_name", "(Jan)", "BE", "(Jan)", None),
    ("person_name", "N.A.", "BE", "N.A.", None),
    ("city", "LiÃ¨ge", "BE", "Liège", "text.mojibake"),
    ("street", "Rue de lâ€™Ã‰glise", "BE", "Rue de l’Église", "text.mojibake"),
    ("name", "NoÃ«l & CÅ“ur", "BE", "Noël & Cœur", "text.mojibake"),
    ("name", "Ã\x81lvarez", "BE", "Álvarez", "text.mojibake"),
    ("name", "JOÃO & Ångström", "BE", "JOÃO & Ångström", None),
    ("name", "D‘Hondt & Žižka, “L’Œuvre”", "BE", "D‘Hondt & Žižka, “L’Œuvre”", None),
    ("city", "Lie\u0300ge", "BE", "Liège", "text.characters"),
    ("name", "D\x92Hondt", "BE", "D’Hondt", "text.code_page"),
    ("name", "B\x9cuf \x96 5 \x80", "BE", "Bœuf – 5 €", "text.code_page"),
    ("city", "\x93Gent\x94 enz\x85", "BE", "“Gent” enz…", "text.code_page"),
    ("city", "Gent\x81", "BE", "Gent", "text.spaces"),
    ("name", "Jan\x00sen", "BE", "Jansen", "text.nul"),
    ("email", "an@peeters.example\x00", "BE", "an@peeters.example", "text.nul"),
    ("code", "'0012", "BE", "0012", "text.characters"),
    ("code", "NA", "BE", "NA", None),
    ("box", "bte 3", "BE", "3", "box.word"),
    ("box", "bus3", "BE", "3", "box.word"),
    ("box", "b. 3", "BE", "3", "box.word"),
    ("box", "boîte n° 5", "BE", "5", "box.word"),
    ("box", "bus B12", "BE", "B12", "box.word"),
    ("box", "B12", "BE", "B12", None),
    ("box", "b3", "BE", "b3", None),
    ("house_number", "12 bus 4", "BE", "12 bus 4", None),
    ("house_number", "12 bte 4", "BE", "12 bte 4", None),
    ("house_number", "12/4", "BE", "12/4", None),
    ("house_number", "12 zn", "BE", "12 zn", None),
    ("house_number", "z/n", "BE", None, "value.nothing"),
    ("house_number", "zn", "BE", None, "value.nothing"),
    ("house_number", "s/n", "BE", None, "value.nothing"),
    ("house_number", "sans numéro", "BE", None, "value.nothing"),
    ("house_number", "o.Nr.", "DE", None, "value.nothing"),
]

# type, typed, country of the row, code of the problem
STOPPED = [
    ("company_number", "0123456789", "BE", "company_number.sample"),
    ("company_number", "123456789", "BE", "company_number.sample"),
    ("company_number", "2.123.456.770", "BE", "company_number.establishment"),
    ("company_number", "0403019262", "BE", "company_number.check_digits"),
    ("company_number", "04030192", "BE", "company_number.length"),
    ("company_number", "4.03E+08", "BE", "number.scientific"),
    ("company_number", "in oprichting", "BE", "company_number.words"),
    ("company_number", "in oprichting sinds 3/2/2026", "BE", "company_number.words"),
    ("company_number", "particulier", "NL", "company_number.words"),
    ("company_number", "nummer 12345", "BE", "company_number.length"),
    ("company_number", "9123456770", "BE", "company_number.first_digit"),
    ("company_number", "1490700185", "BE", "company_number.is_national_number"),
    ("vat_number", "BE0123456789", "BE", "vat_number.sample"),
    ("vat_number", "21%", "BE", "vat_number.rate"),
    ("vat_number", "21,00 %", "BE", "vat_number.rate"),
    ("vat_number", "kwartaal", "BE", "vat_number.words"),
    ("vat_number", "in aanvraag", "BE", "vat_number.words"),
    ("vat_number", "en cours", "LU", "vat_number.words"),
    ("vat_number", "wordt aangevraagd", "BE", "vat_number.words"),
    ("vat_number", "wird beantragt (Februar 2026)", "BE", "vat_number.words"),
    ("vat_number", "pending", "FR", "vat_number.words"),
    ("vat_number", "vrijgesteld 0403.019.262", "BE", "vat_number.check_digits"),
    ("vat_number", "BE0403019262", "LU", "vat_number.check_digits"),
    ("national_register_number", "85073003329", "BE", "national_register_number.check_digits"),
    ("national_register_number", "8.5073E+10", "BE", "number.scientific"),
    ("national_register_number", "in aanvraag", "BE", "national_register_number.no_digits"),
    ("national_register_number", "nr. 1234", "BE", "national_register_number.length"),
    ("iban", "volgt", "BE", "iban.words"),
    ("iban", "Belfius Bank", "BE", "iban.words"),
    ("iban", "GKCCBEBB", "BE", "iban.is_bic"),
    ("iban", "BIC: GKCCBEBB", "BE", "iban.is_bic"),
    ("iban", "BE68539007547034 / BE71096123456769", "BE", "iban.several"),
    ("iban", "BE68 5390 0754 7034, BE71 0961 2345 6768", "BE", "iban.several"),
    ("iban", "539-0075470-34 en 123-4567890-02", "BE", "iban.several"),
    ("company_number", "0208:0403019262", "BE", "company_number.check_digits"),
    ("company_number", "0106:12345678", "BE", "company_number.peppol_scheme"),
    ("company_number", "0088:5412345000013", "BE", "company_number.peppol_scheme"),
    ("company_number", "9944:NL004495445B01", "BE", "company_number.peppol_scheme"),
    ("vat_number", "0106:12345678", "BE", "vat_number.peppol_scheme"),
    ("vat_number", "0240:20192401234", "LU", "vat_number.is_matricule"),
    ("company_number", "2.012.345.667", "BE", "company_number.establishment"),
    ("company_number", "2 012 345 667", "BE", "company_number.establishment"),
    ("company_number", "BE02012345667", "BE", "company_number.establishment"),
    ("vat_number", "BE 0 2.012.345.667", "BE", "vat_number.establishment"),
    ("company_number", "2179999972", "BE", "company_number.establishment"),
    ("company_number", "2012345667", "BE", "company_number.establishment_or_national"),
    ("company_number", "02012345667", "BE", "company_number.establishment_or_national"),
    ("company_number", "5011500772", "BE", "company_number.is_national_number"),
    ("company_number", "5.011.500.772", "BE", "company_number.is_national_number"),
    ("company_number", "1893120105732", "LU", "company_number.is_matricule_of_person"),
    ("national_register_number", "2.012.345.667", "BE", "national_register_number.is_establishment"),
    ("national_register_number", "2012345667", "BE", "national_register_number.is_establishment"),
    ("national_register_number", "0403.019.261", "BE", "national_register_number.is_company_number"),
    ("national_register_number", "85.01.15-000.81", "BE", "national_register_number.counter"),
    ("national_register_number", "85011599952", "BE", "national_register_number.counter"),
    ("national_register_number", "85023001214", "BE", "national_register_number.birth_date"),
    ("rcs_number", "LU15027442", "LU", "rcs_number.is_vat_number"),
    ("rcs_number", "TVA LU 150 274 42", "LU", "rcs_number.is_vat_number"),
    ("rcs_number", "9938:LU15027442", "LU", "rcs_number.is_vat_number"),
    ("rcs_number", "20192401234", "LU", "rcs_number.is_matricule"),
    ("rcs_number", "1985 0115 123 45", "LU", "rcs_number.is_matricule_of_person"),
    ("rcs_number", "0403.019.261", "LU", "rcs_number.is_company_number"),
    ("rcs_number", "85.07.30-033.28", "LU", "rcs_number.is_national_number"),
    ("rcs_number", "en cours", "LU", "rcs_number.words"),
    ("rcs_number", "société en formation", "LU", "rcs_number.words"),
    ("iban", "BE", "BE", "iban.form"),
    ("bic", "Belfius", "BE", "bic.words"),
    ("bic", "KBC", "BE", "bic.words"),
    ("bic", "en attente", "BE", "bic.words"),
    ("bic", "volgt nog", "BE", "bic.words"),
    ("bic", "VOLGT NOG", "BE", "bic.words"),
    ("iban", "BE68539007547035", "BE", "iban.check_digits"),
    ("iban", "BE6853900754703", "BE", "iban.length"),
    ("iban", "XX68539007547034", "BE", "iban.country"),
    ("bic", "GKCCBE", "BE", "bic.form"),
    ("email", "jan.x.be", "BE", "email.no_at"),
    ("email", "jan@x", "BE", "email.no_dot"),
    ("email", "jan@", "BE", "email.no_domain"),
    ("emails", "a@x.be; jan@", "BE", "email.no_domain"),
    ("email", "jan@skynet,be", "BE", "email.comma"),
    ("email", "jan@x.be,info", "BE", "email.form"),
    ("email", "jan peeters@x.be", "BE", "email.space"),
    ("email", "a@x.be, b@x.be", "BE", "email.several"),
    ("mobile", "02 512 34 56", "BE", "mobile.not_mobile"),
    ("phone", "02/512.34.56 - 0475/11.22.33", "BE", "phone.several"),
    ("phone", "see card", "BE", "phone.unreadable"),
    ("country", "Corée", "BE", "country.ambiguous"),
    ("country", "Atlantis", "BE", "country.unknown"),
    ("language", "Spaans", "BE", "language.not_offered"),
    ("language", "Luxembourgeois", "LU", "language.not_offered"),
    ("language", "lb", "LU", "language.not_offered"),
    ("language", "FR/NL", "BE", "language.several"),
    ("language", "NL-FR", "BE", "language.several"),
    ("language", "français et néerlandais", "BE", "language.several"),
    ("language", "fr/be", "BE", "language.unknown"),
    ("language", "Klingons", "BE", "language.unknown"),
    ("language", "nl fr", "BE", "language.several"),
    ("locale", "nl", "", "locale.no_country"),
    ("locale", "nl/fr", "BE", "language.several"),
    ("locale", "FR/NL", "BE", "language.several"),
    ("locale", "NL-FR", "BE", "language.several"),
    ("locale", "nl-fr", "BE", "language.several"),
    ("locale", "nl fr", "BE", "language.several"),
    ("locale", "nlfr", "BE", "language.several"),
    ("locale", "nl, fr", "BE", "language.several"),
    ("locale", "nl en fr", "BE", "language.several"),
    ("locale", "nl/fr/de", "BE", "language.several"),
    ("locale", "fr/de", "LU", "language.several"),
    ("locale", "Nederlands/Frans", "BE", "language.several"),
    ("locale", "français et néerlandais", "BE", "language.several"),
    ("locale", "BE-nl", "BE", "locale.unknown"),
    ("yes_no", "soon", "BE", "yes_no.unknown"),
    ("date", "31/02/2025", "BE", "date.impossible"),
    ("date", "juni", "BE", "date.unreadable"),
    ("date", "juli 2027", "BE", "date.unreadable"),
    ("date", "15 juuli 2027", "BE", "date.unreadable"),
    ("date", "31 juni 2027", "BE", "date.impossible"),
    ("date", "20271315", "BE", "date.unreadable"),
    ("postal_code", "9.0E+03", "BE", "number.scientific"),
    ("country", "Конго", "BE", "country.ambiguous"),
    ("country", "België / Франция", "BE", "country.unknown"),
    ("country", "كوريا", "BE", "country.ambiguous"),
    ("empty", "x", "BE", "empty.filled"),
    ("house_number", "2026-12-14", "BE", "house_number.date"),
    ("client_type", "SRL", "BE", "client_type.unknown"),
]

# type, typed, country of the row, code of the note beside a value that is kept
NOTED = [
    ("company_number", "1234", "NL", "company_number.country_check"),
    ("vat_number", "FR12345678901", "BE", "vat_number.country_check"),
    ("vat_number", "0403019261", "LU", "vat_number.country_check"),
    ("rcs_number", "82454", "LU", "rcs_number.form"),
    ("rcs_number", "N° 123", "LU", "rcs_number.form"),
    ("rcs_number", "B 0", "LU", "rcs_number.form"),
    ("rcs_number", "B12345678", "LU", "rcs_number.form"),
    ("company_number", "0208:0403019261", "NL", "company_number.country_check"),
    ("rcs_number", "B82454L", "LU", "rcs_number.form"),
    ("email", "jan@x.test", "BE", "email.reserved_domain"),
    ("email", "jan..p@x.be", "BE", "email.unusual"),
    ("phone", "+3221234567", "BE", "phone.not_in_use"),
    ("locale", "de-FR", "BE", "locale.pair"),
    ("locale", "es-ES", "BE", "locale.language"),
    ("postal_code", "9000 Gent", "BE", "postal_code.form"),
    ("code", "2026-12-14", "BE", "code.date"),
    ("postal_code", "L-1234", "BE", "postal_code.other_country"),
    ("postal_code", "1012 AB", "BE", "postal_code.form"),
    ("person_name", "Dupont ép. Martin", "BE", "contact_name.other_surname"),
    ("person_name", "Martin (née Dupont)", "BE", "contact_name.other_surname"),
    ("name", "Caf‚ De Kroon", "BE", "text.odd_word"),
    ("city", "Kšln", "DE", "text.odd_word"),
]


@pytest.mark.parametrize(("name", "typed", "country", "value", "repair"), READ)
def test_it_is_read_and_the_repair_is_named(
    name: str, typed: str, country: str, value: str | None, repair: str | None
) -> None:
    parsed = TYPES[name]().parse(typed, country)
    assert isinstance(parsed, ParsedValue)
    assert (parsed.value, parsed.repair) == (value, repair)


@pytest.mark.parametrize(("name", "typed", "country", "code"), STOPPED)
def test_it_is_stopped_and_the_reason_is_named(name: str, typed: str, country: str, code: str) -> None:
    problem = TYPES[name]().parse(typed, country)
    assert isinstance(problem, Issue)
    assert problem.code == code


@pytest.mark.parametrize(("name", "typed", "country", "code"), NOTED)
def test_it_is_kept_with_a_note(name: str, typed: str, country: str, code: str) -> None:
    parsed = TYPES[name]().parse(typed, country)
    assert isinstance(parsed, ParsedValue)
    assert parsed.value
    assert [note.code for note in parsed.notes] == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("LU10004999", "vat_number.check_digits"),
        ("10004999", "vat_number.check_digits"),
        ("9938:LU15027443", "vat_number.check_digits"),
        ("LU1502744", "vat_number.country_form"),
        ("B82454", "vat_number.is_rcs_number"),
        ("1985011512345", "vat_number.is_matricule_of_person"),
    ],
)
def test_a_vat_number_of_the_platforms_own_country_has_to_pass_its_check(typed: str, code: str) -> None:
    problem = VatNumber(checked=("LU",)).parse(typed, "LU")
    assert isinstance(problem, Issue)
    assert problem.code == code


def test_of_another_country_it_is_kept_with_a_doubt() -> None:
    assert VatNumber(checked=("LU",)).parse("LU15027442", "LU") == ParsedValue("LU15027442")
    french = VatNumber(checked=("LU",)).parse("FR12345678901", "FR")
    luxembourgish = VatNumber().parse("LU10004999", "LU")
    for kept in (french, luxembourgish):
        assert isinstance(kept, ParsedValue)
        assert [note.code for note in kept.notes] == ["vat_number.country_check"]


def on(today: datetime) -> NationalRegisterNumber:
    """Return the type as it reads on that day."""
    return NationalRegisterNumber(Clock(now=lambda: today))


def test_nobody_is_born_after_the_day_of_the_clock() -> None:
    number = "26112900172"  # 29 November 2026, of this century
    there, before = on(datetime(2026, 11, 29, tzinfo=UTC)), on(datetime(2026, 11, 28, tzinfo=UTC))
    assert there.parse(number, "BE") == ParsedValue(number)
    assert before.parse(number, "BE") == Issue("national_register_number.birth_date")
    assert not before.is_canonical(pa.array([number]), "BE")[0].as_py()


def test_a_language_that_is_not_allowed_is_not_offered() -> None:
    problem = Language(("nl", "fr")).parse("English", "BE")
    assert problem == Issue("language.not_offered", {"offered": "nl, fr"})


def test_a_word_that_may_stand_for_the_fixed_one_is_rewritten() -> None:
    assert FixedValue("person", ("Persoon",)).parse("persoon", "BE") == ParsedValue("person", "literal.spelling")
    assert FixedValue("person").parse("company", "BE") == Issue("literal.other", {"expected": "person"}, "person")


def test_the_message_of_two_addresses_names_both() -> None:
    problem = TYPES["email"]().parse("a@x.be / b@x.be", "BE")
    assert problem == Issue("email.several", {"first": "a@x.be", "second": "b@x.be"}, "a@x.be")


def test_the_letter_of_companies_is_suggested_for_a_bare_rcs_number() -> None:
    parsed = TYPES["rcs_number"]().parse("201174", "LU")
    assert parsed == ParsedValue("201174", None, (Issue("rcs_number.form", {}, "B201174"),))
    worded = TYPES["rcs_number"]().parse("RCS Luxembourg 82454", "LU")
    assert isinstance(worded, ParsedValue)
    assert worded.notes == (Issue("rcs_number.form", {}, "B82454"),)


def test_the_message_of_two_languages_names_both_and_suggests_none() -> None:
    assert Language().parse("FR/NL", "BE") == Issue("language.several", {"languages": "fr, nl"})


def test_a_point_is_suggested_for_a_comma_in_an_address() -> None:
    problem = TYPES["email"]().parse("jean.dupont@skynet,be", "BE")
    assert problem == Issue("email.comma", {}, "jean.dupont@skynet.be")


@pytest.mark.parametrize("code", [f"{subject}.words" for subject in ("company_number", "vat_number", "iban", "bic")])
def test_words_in_place_of_a_number_do_not_stop_the_row(code: str) -> None:
    assert finding_kinds()[code].severity is Severity.WARNING
    assert finding_kinds()["national_register_number.no_digits"].severity is Severity.WARNING
