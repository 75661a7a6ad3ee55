<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl" sourcelanguage="en">
<context>
    <name>@default</name>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="34"/>
        <source>The connection&apos;s address is not valid. It must begin with http:// or https://.</source>
        <translation>Adres połączenia jest nieprawidłowy. Musi zaczynać się od http:// lub https://.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="52"/>
        <source>The network&apos;s proxy refused the connection. Check the proxy and its user name and password in QGIS (Options, Network).</source>
        <translation>Serwer proxy odrzucił połączenie. Sprawdź proxy oraz jego nazwę użytkownika i hasło w QGIS (Opcje, Sieć).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="70"/>
        <source>The answer did not come from a KMZB service. Check the connection&apos;s address; in a company network a proxy&apos;s page may stand in between.</source>
        <translation>Odpowiedź nie pochodzi z usługi KMZB. Sprawdź adres połączenia; w sieci służbowej mogła odpowiedzieć strona serwera proxy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="122"/>
        <source>The service did not accept the sign-in. Check the token in the connection&apos;s authentication configuration.</source>
        <translation>Usługa nie przyjęła logowania. Sprawdź token w konfiguracji uwierzytelniania połączenia.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="142"/>
        <source>Your role does not allow this. Ask the service&apos;s administrator if it should.</source>
        <translation>Twoja rola na to nie pozwala. Jeśli powinna, zwróć się do administratora usługi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="151"/>
        <source>The service asks for a complete new load of the data. Synchronise again.</source>
        <translation>Usługa wymaga ponownego wczytania wszystkich danych. Zsynchronizuj jeszcze raz.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="189"/>
        <source>The service reports a problem ({}): {}. If it stays, tell the administrator.</source>
        <translation>Usługa zgłasza problem ({}): {}. Jeśli nie ustąpi, zawiadom administratora.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="198"/>
        <source>The service and this version of the plugin do not fit together. Update the plugin, or tell the service&apos;s administrator.</source>
        <translation>Usługa i ta wersja wtyczki do siebie nie pasują. Zaktualizuj wtyczkę lub zawiadom administratora usługi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="246"/>
        <source>Stopped. What was there before is unchanged.</source>
        <translation>Przerwano. Wcześniejsze dane pozostały bez zmian.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="255"/>
        <source>The data did not arrive whole and were discarded. Synchronise again.</source>
        <translation>Dane nie dotarły w całości i zostały odrzucone. Zsynchronizuj jeszcze raz.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/catalogue.py" line="23"/>
        <source>The catalogue of categories and statuses that the service sent cannot be used. Tell the service&apos;s administrator; a newer version of the plugin may be needed.</source>
        <translation>Nie można użyć przysłanego przez usługę katalogu kategorii i statusów. Zawiadom administratora usługi; być może potrzebna jest nowsza wersja wtyczki.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/errors.py" line="24"/>
        <source>Something unexpected happened. Details are in the log of messages (tab KMZB).</source>
        <translation>Wystąpił nieoczekiwany błąd. Szczegóły są w komunikatach QGIS (karta KMZB).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="66"/>
        <source>weekdays: {}</source>
        <translation>dni tygodnia: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="68"/>
        <source>hours: {}</source>
        <translation>godziny: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="45"/>
        <source>areas: {}</source>
        <translation>obszary: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="47"/>
        <source>units: {}</source>
        <translation>jednostki: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="49"/>
        <source>containing “{}”</source>
        <translation>zawierające „{}”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="51"/>
        <source>overdue only</source>
        <translation>tylko po terminie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="79"/>
        <source>All sources</source>
        <translation>Wszystkie źródła</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="91"/>
        <source>all categories</source>
        <translation>wszystkie kategorie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="97"/>
        <source>{} (whole group)</source>
        <translation>{} (cała grupa)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="100"/>
        <source>categories: {}</source>
        <translation>kategorie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="107"/>
        <source>statuses: {}</source>
        <translation>statusy: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="114"/>
        <source>any date</source>
        <translation>bez ograniczenia daty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="119"/>
        <source>reported since {}</source>
        <translation>data zgłoszenia od {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="119"/>
        <source>occurred since {}</source>
        <translation>data zdarzenia od {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="120"/>
        <source>reported until {}</source>
        <translation>data zgłoszenia do {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="120"/>
        <source>occurred until {}</source>
        <translation>data zdarzenia do {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="122"/>
        <source>reported on {}</source>
        <translation>data zgłoszenia {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="122"/>
        <source>occurred on {}</source>
        <translation>data zdarzenia {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="123"/>
        <source>reported from {} to {}</source>
        <translation>data zgłoszenia od {} do {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="123"/>
        <source>occurred from {} to {}</source>
        <translation>data zdarzenia od {} do {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="131"/>
        <source>Monday</source>
        <translation>poniedziałek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="132"/>
        <source>Tuesday</source>
        <translation>wtorek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="133"/>
        <source>Wednesday</source>
        <translation>środa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="134"/>
        <source>Thursday</source>
        <translation>czwartek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="135"/>
        <source>Friday</source>
        <translation>piątek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="136"/>
        <source>Saturday</source>
        <translation>sobota</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="137"/>
        <source>Sunday</source>
        <translation>niedziela</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="187"/>
        <source>none</source>
        <translation>brak</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="164"/>
        <source>{} and %n more</source>
        <translation>
            <numerusform>{} i jeszcze %n</numerusform>
            <numerusform>{} i jeszcze %n</numerusform>
            <numerusform>{} i jeszcze %n</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/fallback.py" line="30"/>
        <source>The KMZB plugin could not be started: {}. The details are in the log panel “KMZB”.</source>
        <translation>Nie udało się uruchomić wtyczki KMZB: {}. Szczegóły są w komunikatach QGIS na karcie „KMZB”.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="35"/>
        <source>About KMZB</source>
        <translation>O KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="45"/>
        <source>The map is not for cases that need urgent intervention. Then call 112 or 997.</source>
        <translation>Mapa nie służy do zgłaszania spraw wymagających pilnej interwencji. W takich sprawach dzwoń pod numer 112 lub 997.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="48"/>
        <source>Free software under the licence {}.</source>
        <translation>Wolne oprogramowanie na licencji {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="71"/>
        <source>Version {}, QGIS {}</source>
        <translation>Wersja {}, QGIS {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="130"/>
        <source>Service version {}</source>
        <translation>Wersja usługi: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="79"/>
        <source>Questions about the map go by e-mail to the map&apos;s coordinator.</source>
        <translation>Pytania dotyczące mapy należy kierować pocztą elektroniczną do koordynatora mapy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="39"/>
        <source>KMZB Connection</source>
        <translation>Połączenie KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="53"/>
        <source>&amp;Name</source>
        <translation>&amp;Nazwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="54"/>
        <source>&amp;Address</source>
        <translation>&amp;Adres</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="55"/>
        <source>&amp;Sign-in</source>
        <translation>&amp;Logowanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="157"/>
        <source>&amp;Test</source>
        <translation>&amp;Testuj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="104"/>
        <source>The address must begin with https:// and name a server.</source>
        <translation>Adres musi zaczynać się od https:// i zawierać nazwę serwera.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="106"/>
        <source>With http:// anyone on the network can read the data and the sign-in. Use https://.</source>
        <translation>Przy http:// każdy w sieci może odczytać dane, także te do logowania. Użyj https://.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="116"/>
        <source>The test was cancelled.</source>
        <translation>Test przerwano.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="123"/>
        <source>&amp;Cancel Test</source>
        <translation>&amp;Przerwij test</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="124"/>
        <source>Asking the service…</source>
        <translation>Łączenie z usługą…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="130"/>
        <source>The connection works.</source>
        <translation>Połączenie działa.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="130"/>
        <source>Signed in as {} ({})</source>
        <translation>Zalogowano jako: {} ({})</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="130"/>
        <source>Unit {}</source>
        <translation>Jednostka: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_test.py" line="23"/>
        <source>Testing the KMZB connection</source>
        <translation>Test połączenia KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="34"/>
        <source>KMZB Connections</source>
        <translation>Połączenia KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="81"/>
        <source>Connections</source>
        <translation>Połączenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="43"/>
        <source>&amp;New…</source>
        <translation>&amp;Nowe…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="112"/>
        <source>&amp;Edit…</source>
        <translation>&amp;Edytuj…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="45"/>
        <source>&amp;Remove…</source>
        <translation>&amp;Usuń…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="74"/>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="75"/>
        <source>Never</source>
        <translation>Nigdy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="78"/>
        <source>&amp;Synchronise every</source>
        <translation>&amp;Synchronizuj co</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="61"/>
        <source>&amp;Open</source>
        <translation>&amp;Otwórz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="144"/>
        <source>Remove Connection</source>
        <translation>Usuwanie połączenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="137"/>
        <source>Remove the connection “{}”? The data loaded from it stay on this computer.</source>
        <translation>Usunąć połączenie „{}”? Wczytane z niego dane pozostaną na tym komputerze.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="88"/>
        <source>&amp;Send Decision</source>
        <translation>Wyślij decyz&amp;ję</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="162"/>
        <source>The report was changed while you were deciding. Look again before you send.</source>
        <translation>Zgłoszenie zmieniło się w trakcie podejmowania decyzji. Przed wysłaniem sprawdź je ponownie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="174"/>
        <source>“{}” is no longer possible from the present status. What you wrote is kept.</source>
        <translation>Z obecnego statusu nie można już przejść do „{}”. Wpisany tekst zachowano.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_fields.py" line="165"/>
        <source>Required</source>
        <translation>Wymagane</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_fields.py" line="218"/>
        <source>Shorten the note</source>
        <translation>Skróć notatkę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_fields.py" line="264"/>
        <source>{} of {} characters</source>
        <translation>{} z {} znaków</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/facet_menu.py" line="34"/>
        <source>Only “{}”</source>
        <translation>Tylko „{}”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/facet_menu.py" line="31"/>
        <source>Check All</source>
        <translation>Zaznacz wszystko</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/facet_menu.py" line="31"/>
        <source>Uncheck All</source>
        <translation>Odznacz wszystko</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="60"/>
        <source>KMZB Filter</source>
        <translation>Filtr KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="103"/>
        <source>&amp;Reset</source>
        <translation>Wy&amp;czyść</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="104"/>
        <source>Show everything again</source>
        <translation>Pokaż znowu wszystko</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="146"/>
        <source>The layers are not in this project.</source>
        <translation>W tym projekcie nie ma warstw KMZB.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="148"/>
        <source>Add &amp;Layers</source>
        <translation>Dodaj &amp;warstwy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="301"/>
        <source>Shown {} of {}</source>
        <translation>Pokazano {} z {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="69"/>
        <source>Sources</source>
        <translation>Źródła</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="162"/>
        <source>Categories</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="162"/>
        <source>Search categories</source>
        <translation>Szukaj kategorii</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="206"/>
        <source>Status of reports</source>
        <translation>Status zgłoszeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="230"/>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/period_brush.py" line="362"/>
        <source>All dates</source>
        <translation>Wszystkie daty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="189"/>
        <source>Today</source>
        <translation>Dziś</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="190"/>
        <source>Last 7 days</source>
        <translation>Ostatnie 7 dni</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="191"/>
        <source>Last 30 days</source>
        <translation>Ostatnie 30 dni</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="192"/>
        <source>Last 90 days</source>
        <translation>Ostatnie 90 dni</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="193"/>
        <source>This month</source>
        <translation>Ten miesiąc</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="194"/>
        <source>Last month</source>
        <translation>Poprzedni miesiąc</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="195"/>
        <source>This quarter</source>
        <translation>Ten kwartał</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="196"/>
        <source>This year</source>
        <translation>Ten rok</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="232"/>
        <source>From – to</source>
        <translation>Od – do</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="246"/>
        <source>when it occurred</source>
        <translation>daty zdarzenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="247"/>
        <source>when it was reported</source>
        <translation>daty zgłoszenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="251"/>
        <source>&amp;Period</source>
        <translation>Ok&amp;res</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="251"/>
        <source>&amp;By date</source>
        <translation>W&amp;edług</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="251"/>
        <source>&amp;From</source>
        <translation>&amp;Od</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="251"/>
        <source>&amp;To</source>
        <translation>&amp;Do</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="273"/>
        <source>open</source>
        <translation>dowolna</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="345"/>
        <source>More</source>
        <translation>Więcej</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="348"/>
        <source>Number, place or description</source>
        <translation>Numer, miejsce lub opis</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="349"/>
        <source>Only &amp;overdue reports</source>
        <translation>Tylko po &amp;terminie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="352"/>
        <source>Te&amp;xt</source>
        <translation>Te&amp;kst</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="393"/>
        <source>{} (in use until {})</source>
        <translation>{} (używana do {})</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/messages.py" line="82"/>
        <source>Something unexpected went wrong. The details are in the log panel “KMZB”.</source>
        <translation>Wystąpił nieoczekiwany błąd. Szczegóły są w komunikatach QGIS na karcie „KMZB”.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="27"/>
        <source>Connections…</source>
        <translation>Połączenia…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="29"/>
        <source>Try Again</source>
        <translation>Spróbuj ponownie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="128"/>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="50"/>
        <source>No connection is open. Choose the service that you work with.</source>
        <translation>Nie otwarto żadnego połączenia. Wybierz usługę, z którą pracujesz.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="52"/>
        <source>Loading threats from “{}”</source>
        <translation>Wczytywanie zagrożeń z „{}”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="60"/>
        <source>Nothing has been loaded from “{}” yet.</source>
        <translation>Z „{}” nic jeszcze nie wczytano.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_model.py" line="102"/>
        <source>State</source>
        <translation>Stan</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="190"/>
        <source>Number</source>
        <translation>Numer</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="256"/>
        <source>Decision</source>
        <translation>Decyzja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_model.py" line="103"/>
        <source>Age</source>
        <translation>Kiedy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="102"/>
        <source>&amp;Take Theirs</source>
        <translation>Przyj&amp;mij cudzą</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="104"/>
        <source>Decide &amp;Anew</source>
        <translation>Zdecyduj od &amp;nowa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="106"/>
        <source>&amp;Keep for Later</source>
        <translation>Zostaw na &amp;później</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="108"/>
        <source>&amp;Mend…</source>
        <translation>Po&amp;praw…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="110"/>
        <source>&amp;Discard</source>
        <translation>&amp;Usuń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="114"/>
        <source>&amp;Withdraw</source>
        <translation>W&amp;ycofaj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="116"/>
        <source>Show Re&amp;port</source>
        <translation>Pokaż z&amp;głoszenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="228"/>
        <source>The report {} was changed before your decision arrived.</source>
        <translation>Zgłoszenie {} zmieniło się, zanim dotarła Twoja decyzja.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="231"/>
        <source>Waits to be sent; it goes with the next synchronisation.</source>
        <translation>Oczekuje na wysłanie przy najbliższej synchronizacji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="232"/>
        <source>Is being sent.</source>
        <translation>Trwa wysyłanie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="233"/>
        <source>Has arrived at the service.</source>
        <translation>Dotarła do usługi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="237"/>
        <source>Someone else had already decided the same; nothing more was needed.</source>
        <translation>Ktoś inny podjął wcześniej taką samą decyzję; nic więcej nie było potrzebne.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="239"/>
        <source>The service rejected it. {}</source>
        <translation>Usługa ją odrzuciła. {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="55"/>
        <source>Print District Map</source>
        <translation>Drukowanie mapy rejonu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/place_parts.py" line="64"/>
        <source>Search by name or code</source>
        <translation>Szukaj po nazwie lub kodzie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/district_list.py" line="48"/>
        <source>Districts</source>
        <translation>Rejony</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="99"/>
        <source>&amp;Title</source>
        <translation>&amp;Tytuł</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="100"/>
        <source>&amp;File</source>
        <translation>P&amp;lik</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="71"/>
        <source>Police unit</source>
        <translation>Jednostka Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>County</source>
        <translation>Powiat</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Commune</source>
        <translation>Gmina</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="71"/>
        <source>Voivodeship</source>
        <translation>Województwo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/orders.py" line="42"/>
        <source>Security threats: {}</source>
        <translation>Zagrożenia bezpieczeństwa: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="249"/>
        <source>Due</source>
        <translation>Termin</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="201"/>
        <source>Category</source>
        <translation>Kategoria</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="295"/>
        <source>Place</source>
        <translation>Miejsce</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="202"/>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="279"/>
        <source>to be sent</source>
        <translation>czeka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="325"/>
        <source>No deadline</source>
        <translation>Bez terminu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="109"/>
        <source>&amp;Under the filter</source>
        <translation>Według &amp;filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="110"/>
        <source>Show only reports that the filter keeps</source>
        <translation>Pokaż tylko zgłoszenia zgodne z filtrem</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="112"/>
        <source>Previous report</source>
        <translation>Poprzednie zgłoszenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="113"/>
        <source>Next report</source>
        <translation>Następne zgłoszenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="118"/>
        <source>Go to number</source>
        <translation>Numer zgłoszenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="117"/>
        <source>Show any report by its number, in the queue or not</source>
        <translation>Pokaż zgłoszenie o podanym numerze, także spoza kolejki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="143"/>
        <source>Reports that wait</source>
        <translation>Zgłoszenia oczekujące</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="121"/>
        <source>No report waits.</source>
        <translation>Brak oczekujących zgłoszeń.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="24"/>
        <source>Waiting {}</source>
        <translation>Oczekuje: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="338"/>
        <source>There is no threat with the number “{}”.</source>
        <translation>Nie ma zagrożenia o numerze „{}”.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="53"/>
        <source>Stop Synchronising</source>
        <translation>Przerwij synchronizację</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="28"/>
        <source>Synchronise</source>
        <translation>Synchronizuj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="60"/>
        <source>Not connected</source>
        <translation>Brak połączenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="62"/>
        <source>Synchronising…</source>
        <translation>Synchronizacja…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="70"/>
        <source>Synchronised {}</source>
        <translation>Zsynchronizowano {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="70"/>
        <source>Not synchronised yet</source>
        <translation>Jeszcze nie zsynchronizowano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="76"/>
        <source>⚠ Working offline; last synchronised {}</source>
        <translation>⚠ Praca bez sieci; ostatnia synchronizacja: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="77"/>
        <source>⚠ Synchronisation failed, last done {}: {}</source>
        <translation>⚠ Błąd synchronizacji; ostatnia udana: {}. {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="81"/>
        <source>Synchronising… {} %</source>
        <translation>Synchronizacja… {}%</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="220"/>
        <source>Decisions so far</source>
        <translation>Dotychczasowe decyzje</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="183"/>
        <source>Only citizens&apos; reports are verified.</source>
        <translation>Weryfikuje się tylko zgłoszenia obywateli.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="185"/>
        <source>Your role, {}, may look at reports but not decide about them.</source>
        <translation>Twoja rola ({}) pozwala przeglądać zgłoszenia, ale nie podejmować decyzji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="190"/>
        <source>Your role, {}, has no step from the status “{}”.</source>
        <translation>Twoja rola ({}) nie pozwala na żaden krok ze statusu „{}”.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="238"/>
        <source>Choose a report to see its facts.</source>
        <translation>Wybierz zgłoszenie, aby zobaczyć szczegóły.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="50"/>
        <source>{} → {} (to be sent)</source>
        <translation>{} → {} (do wysłania)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="217"/>
        <source>No description</source>
        <translation>Brak opisu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="251"/>
        <source>Occurred</source>
        <translation>Zdarzenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="252"/>
        <source>Usually</source>
        <translation>Zwykle</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="253"/>
        <source>Reported</source>
        <translation>Zgłoszono</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="254"/>
        <source>Confirmed by others</source>
        <translation>Potwierdzenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="256"/>
        <source>Area</source>
        <translation>Obszar</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="257"/>
        <source>Unit</source>
        <translation>Jednostka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="203"/>
        <source>Source</source>
        <translation>Źródło</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="267"/>
        <source>No decisions yet</source>
        <translation>Nie ma jeszcze decyzji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/conflict_text.py" line="30"/>
        <source>Mine</source>
        <translation>Moja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/conflict_text.py" line="30"/>
        <source>Theirs</source>
        <translation>Cudza</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/conflict_text.py" line="30"/>
        <source>Now</source>
        <translation>Teraz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/conflict_text.py" line="74"/>
        <source>Decided by</source>
        <translation>Autor decyzji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/conflict_text.py" line="74"/>
        <source>you</source>
        <translation>Ty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_text.py" line="19"/>
        <source>When</source>
        <translation>Kiedy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="128"/>
        <source>Decided</source>
        <translation>Podjęto</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="284"/>
        <source>planned for {}</source>
        <translation>planowany termin: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/verification_dock.py" line="47"/>
        <source>KMZB Verification</source>
        <translation>Weryfikacja KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Reports</source>
        <translation>Zgłoszenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="26"/>
        <source>viewer</source>
        <translation>przeglądający</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="27"/>
        <source>verifier</source>
        <translation>weryfikujący</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="28"/>
        <source>coordinator</source>
        <translation>koordynator</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="29"/>
        <source>administrator</source>
        <translation>administrator</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="65"/>
        <source>Reason</source>
        <translation>Powód</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="66"/>
        <source>Note</source>
        <translation>Notatka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="67"/>
        <source>Method</source>
        <translation>Sposób weryfikacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="68"/>
        <source>Institution</source>
        <translation>Instytucja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="69"/>
        <source>Planned date</source>
        <translation>Planowany termin</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="78"/>
        <source>Choose a reason</source>
        <translation>Wybierz powód</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="79"/>
        <source>Write a note</source>
        <translation>Wpisz notatkę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="80"/>
        <source>Choose a method</source>
        <translation>Wybierz sposób weryfikacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="81"/>
        <source>Name the institution</source>
        <translation>Podaj instytucję</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="82"/>
        <source>Choose a date</source>
        <translation>Wybierz datę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="90"/>
        <source>The report no longer exists in the service.</source>
        <translation>Zgłoszenia nie ma już w usłudze.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="93"/>
        <source>Only citizens&apos; reports are verified; this is none.</source>
        <translation>Weryfikuje się tylko zgłoszenia obywateli; to nie jest takie zgłoszenie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="94"/>
        <source>The service does not know this status.</source>
        <translation>Usługa nie zna tego statusu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="95"/>
        <source>The workflow has no such step from the report&apos;s present status.</source>
        <translation>Z obecnego statusu zgłoszenia nie ma takiego kroku.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="96"/>
        <source>Your role may not take this step.</source>
        <translation>Twoja rola nie pozwala na ten krok.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="97"/>
        <source>A reason is needed.</source>
        <translation>Potrzebny jest powód.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="98"/>
        <source>This reason cannot be given for this decision.</source>
        <translation>Tego powodu nie można podać przy tej decyzji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="99"/>
        <source>A note is needed.</source>
        <translation>Potrzebna jest notatka.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="100"/>
        <source>The institution is missing.</source>
        <translation>Brakuje instytucji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="101"/>
        <source>The planned date is missing.</source>
        <translation>Brakuje planowanego terminu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="102"/>
        <source>The method is missing.</source>
        <translation>Brakuje sposobu weryfikacji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="103"/>
        <source>The service does not know this reason.</source>
        <translation>Usługa nie zna tego powodu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="104"/>
        <source>The service does not know this method.</source>
        <translation>Usługa nie zna tego sposobu weryfikacji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="105"/>
        <source>The note is too long.</source>
        <translation>Notatka jest za długa.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="106"/>
        <source>The service has another decision under the same identifier.</source>
        <translation>W usłudze jest inna decyzja o tym samym identyfikatorze.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="117"/>
        <source>The decision is dated in the future. Check this computer&apos;s clock.</source>
        <translation>Decyzja ma datę z przyszłości. Sprawdź zegar tego komputera.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="119"/>
        <source>The service refused it without a reason.</source>
        <translation>Usługa nie podała powodu odmowy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="125"/>
        <source>waiting</source>
        <translation>oczekuje</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="126"/>
        <source>being sent</source>
        <translation>wysyłana</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="127"/>
        <source>sent</source>
        <translation>wysłana</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="128"/>
        <source>in conflict</source>
        <translation>konflikt</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="129"/>
        <source>rejected</source>
        <translation>odrzucona</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="131"/>
        <source>dismissed</source>
        <translation>pominięta</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="42"/>
        <source>morning</source>
        <translation>rano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="43"/>
        <source>forenoon</source>
        <translation>przed południem</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="44"/>
        <source>afternoon</source>
        <translation>po południu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="45"/>
        <source>evening</source>
        <translation>wieczorem</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="46"/>
        <source>night</source>
        <translation>w nocy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="190"/>
        <source>just now</source>
        <translation>przed chwilą</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="192"/>
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min temu</numerusform>
            <numerusform>%n min temu</numerusform>
            <numerusform>%n min temu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="194"/>
        <source>%n h ago</source>
        <translation>
            <numerusform>%n godz. temu</numerusform>
            <numerusform>%n godz. temu</numerusform>
            <numerusform>%n godz. temu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="195"/>
        <source>%n day(s) ago</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n dzień temu</numerusform>
            <numerusform>%n dni temu</numerusform>
            <numerusform>%n dni temu</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="217"/>
        <source>overdue today</source>
        <translation>minął dziś</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="217"/>
        <source>overdue %n day(s)</source>
        <comment>deadline</comment>
        <translation>
            <numerusform>%n dzień po terminie</numerusform>
            <numerusform>%n dni po terminie</numerusform>
            <numerusform>%n dni po terminie</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="219"/>
        <source>today</source>
        <translation>dziś</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="220"/>
        <source>tomorrow</source>
        <translation>jutro</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="220"/>
        <source>in %n day(s)</source>
        <comment>deadline</comment>
        <translation>
            <numerusform>za %n dzień</numerusform>
            <numerusform>za %n dni</numerusform>
            <numerusform>za %n dni</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Reference</source>
        <translation>Numer</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Status that waits to be sent</source>
        <translation>Status do wysłania</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Occurred from (UTC)</source>
        <translation>Zdarzenie od (UTC)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Occurred until (UTC)</source>
        <translation>Zdarzenie do (UTC)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Day it occurred</source>
        <translation>Dzień zdarzenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Hour it occurred</source>
        <translation>Godzina zdarzenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Part of day</source>
        <translation>Pora dnia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Weekdays (1 is Monday)</source>
        <translation>Dni tygodnia (1 to poniedziałek)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Reported (UTC)</source>
        <translation>Zgłoszono (UTC)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>County (TERYT)</source>
        <translation>Powiat (TERYT)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Commune (TERYT)</source>
        <translation>Gmina (TERYT)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Confirmations</source>
        <translation>Potwierdzenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>To be read by (UTC)</source>
        <translation>Zapoznać się do (UTC)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>To be verified by (UTC)</source>
        <translation>Zweryfikować do (UTC)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="103"/>
        <source>TERYT code</source>
        <translation>Kod TERYT</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_parameters.py" line="34"/>
        <source>Level</source>
        <translation>Poziom</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="54"/>
        <source>Name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="103"/>
        <source>Part of</source>
        <translation>Należy do</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="103"/>
        <source>Boundary is approximate</source>
        <translation>Granica przybliżona</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="103"/>
        <source>Population</source>
        <translation>Ludność</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="114"/>
        <source>voivodeship</source>
        <translation>województwo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="114"/>
        <source>county</source>
        <translation>powiat</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="114"/>
        <source>commune</source>
        <translation>gmina</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="123"/>
        <source>Code</source>
        <translation>Kod</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="55"/>
        <source>Kind</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="123"/>
        <source>Superior unit</source>
        <translation>Jednostka nadrzędna</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="123"/>
        <source>Areas (TERYT)</source>
        <translation>Obszary (TERYT)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/ground.py" line="161"/>
        <source>{} and more</source>
        <translation>{} i więcej</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/layer_tree.py" line="71"/>
        <source>QGIS cannot show the local copy of the data. Synchronise again; the copy is then made anew.</source>
        <translation>QGIS nie może wyświetlić lokalnej kopii danych. Zsynchronizuj jeszcze raz; kopia zostanie utworzona od nowa.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/layer_tree.py" line="255"/>
        <source>Threats in cells of {} degrees</source>
        <translation>Zagrożenia w polach siatki co {}°</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="38"/>
        <source>Number of threats</source>
        <translation>Liczba zagrożeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="362"/>
        <source>Number of threats by cell</source>
        <translation>Liczba zagrożeń w polu siatki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_parameters.py" line="33"/>
        <source>Police units</source>
        <translation>Jednostki Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="137"/>
        <source>Administrative areas</source>
        <translation>Podział administracyjny</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/symbology.py" line="75"/>
        <source>Other status</source>
        <translation>Inny status</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>&amp;Connections…</source>
        <translation>&amp;Połączenia…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>&amp;Synchronise</source>
        <translation>&amp;Synchronizuj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>&amp;Filter Panel</source>
        <translation>Panel &amp;filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>&amp;Verification Panel</source>
        <translation>Panel &amp;weryfikacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>&amp;Print District Map…</source>
        <translation>&amp;Drukuj mapę rejonu…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>&amp;About KMZB…</source>
        <translation>&amp;O KMZB…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="549"/>
        <source>The filter waits until editing ends in {}</source>
        <translation>Filtr zadziała po zakończeniu edycji: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="249"/>
        <source>Total</source>
        <translation>Razem</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="155"/>
        <source>No threats match the filter.</source>
        <translation>Żadne zagrożenie nie spełnia filtra.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="169"/>
        <source>%n other categories</source>
        <translation>
            <numerusform>%n inna kategoria</numerusform>
            <numerusform>%n inne kategorie</numerusform>
            <numerusform>%n innych kategorii</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="259"/>
        <source>National Map of Security Threats</source>
        <translation>Krajowa Mapa Zagrożeń Bezpieczeństwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="261"/>
        <source>Data as of {}</source>
        <translation>Stan danych: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="261"/>
        <source>Printed {}</source>
        <translation>Wydrukowano: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="270"/>
        <source>Legend</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="286"/>
        <source>Threats on the map: {}</source>
        <translation>Zagrożenia na mapie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="274"/>
        <source>Scale 1 : {}</source>
        <translation>Skala 1 : {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="290"/>
        <source>Shown: {}</source>
        <translation>Pokazano: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="28"/>
        <source>The layout template “{}” lacks these items: {}</source>
        <translation>W szablonie układu wydruku „{}” brakuje elementów: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="31"/>
        <source>The layout template “{}” cannot be read.</source>
        <translation>Nie można odczytać szablonu układu wydruku „{}”.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="96"/>
        <source>“{}” has no boundary in the data, so there is no map to print. Choose another district.</source>
        <translation>Dane nie zawierają granicy „{}”, więc nie ma mapy do wydruku. Wybierz inny rejon.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="116"/>
        <source>“{}” cannot be written. Close it if another program shows it, or choose another folder.</source>
        <translation>Nie można zapisać „{}”. Zamknij plik, jeśli jest otwarty w innym programie, albo wybierz inny katalog.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="125"/>
        <source>There is not enough memory for a picture of this resolution. Choose a lower one, or PDF.</source>
        <translation>Brakuje pamięci na obraz o tej rozdzielczości. Wybierz mniejszą albo format PDF.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="138"/>
        <source>Seats of police units</source>
        <translation>Siedziby jednostek Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="140"/>
        <source>Boundary: {}</source>
        <translation>Granica: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="53"/>
        <source>The disk with the QGIS profile is full. Make room on it and try again; the data that were there before are unchanged.</source>
        <translation>Dysk z profilem QGIS jest pełny. Zwolnij miejsce i spróbuj ponownie; wcześniejsze dane pozostały bez zmian.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="65"/>
        <source>The local data are in use by another program, perhaps a second QGIS. Close it or try again later.</source>
        <translation>Lokalnych danych używa inny program, być może drugi QGIS. Zamknij go lub spróbuj później.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="75"/>
        <source>The plugin cannot write to its folder in the QGIS profile. Check the folder&apos;s permissions and that its drive is connected.</source>
        <translation>Wtyczka nie może zapisywać w swoim katalogu w profilu QGIS. Sprawdź uprawnienia do katalogu i czy jego dysk jest podłączony.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/sync_schedule.py" line="191"/>
        <source>Synchronising “{}”</source>
        <translation>Synchronizacja „{}”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="106"/>
        <source>Undo the last change of the filter</source>
        <translation>Cofnij ostatnią zmianę filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="110"/>
        <source>Redo the change of the filter</source>
        <translation>Ponów zmianę filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="140"/>
        <source>Copy the sentence that describes the filter</source>
        <translation>Kopiuj opis filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="56"/>
        <source>The service is asked again at {}.</source>
        <translation>Następna próba o {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/sync_line.py" line="72"/>
        <source>⚠ The service is not ready; asked again at {}</source>
        <translation>⚠ Usługa nie jest gotowa; następna próba o {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="51"/>
        <source>What waits is kept on this computer and sent the next time that QGIS runs.</source>
        <translation>To, co czeka, jest zachowane na tym komputerze i zostanie wysłane przy następnym uruchomieniu QGIS.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="54"/>
        <source>&amp;Send Now</source>
        <translation>&amp;Wyślij teraz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="56"/>
        <source>&amp;Leave</source>
        <translation>Za&amp;kończ</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="189"/>
        <source>No longer in use</source>
        <translation>Już nieużywane</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/locator.py" line="60"/>
        <source>KMZB threats</source>
        <translation>Zagrożenia KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/expressions.py" line="61"/>
        <source>Confirmed</source>
        <translation>Potwierdzone</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/week_part.py" line="21"/>
        <source>Weekdays and hours</source>
        <translation>Dni tygodnia i godziny</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/week_part.py" line="23"/>
        <source>Drag over hours, or over the names of days or hours. With Ctrl they are added or taken away. Every chosen hour counts on every chosen day; the corner brings the whole week back.</source>
        <translation>Przeciągnij po godzinach albo po nazwach dni lub godzin. Z klawiszem Ctrl są dodawane lub odejmowane. Każda wybrana godzina obowiązuje w każdym wybranym dniu; narożnik przywraca cały tydzień.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/week_part.py" line="39"/>
        <source>every day, at every hour</source>
        <translation>każdego dnia, o każdej godzinie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/expressions.py" line="61"/>
        <source>The name of a report&apos;s status, in the language of QGIS.</source>
        <translation>Nazwa statusu zgłoszenia w języku QGIS.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/expressions.py" line="61"/>
        <source>The name of a threat&apos;s category, in the language of QGIS.</source>
        <translation>Nazwa kategorii zagrożenia w języku QGIS.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/expressions.py" line="61"/>
        <source>By how many days of the Polish calendar the deadline of a report&apos;s status has passed: 0 where it has not, NULL where the status has no deadline.</source>
        <translation>O ile dni kalendarza polskiego minął termin właściwy dla statusu zgłoszenia: 0, jeśli nie minął, NULL, jeśli status nie ma terminu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/named_filters.py" line="21"/>
        <source>This file does not hold filters of KMZB, or those of a newer version.</source>
        <translation>Ten plik nie zawiera filtrów KMZB albo pochodzą one z nowszej wersji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="35"/>
        <source>Saved &amp;Filters</source>
        <translation>Zapisane f&amp;iltry</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="84"/>
        <source>No filter is saved yet</source>
        <translation>Nie zapisano jeszcze filtrów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="86"/>
        <source>&amp;Save This Filter…</source>
        <translation>&amp;Zapisz ten filtr…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="87"/>
        <source>&amp;Rename</source>
        <translation>Z&amp;mień nazwę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="87"/>
        <source>&amp;Delete</source>
        <translation>&amp;Usuń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="93"/>
        <source>&amp;Import from File…</source>
        <translation>&amp;Importuj z pliku…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="94"/>
        <source>&amp;Export to File…</source>
        <translation>&amp;Eksportuj do pliku…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="109"/>
        <source>Save Filter</source>
        <translation>Zapis filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="115"/>
        <source>Rename Filter</source>
        <translation>Zmiana nazwy filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="123"/>
        <source>Delete Filter</source>
        <translation>Usuwanie filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="123"/>
        <source>Delete the saved filter “{}”?</source>
        <translation>Usunąć zapisany filtr „{}”?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="128"/>
        <source>Import Filters</source>
        <translation>Import filtrów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="134"/>
        <source>Filters (*.json)</source>
        <translation>Filtry (*.json)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="134"/>
        <source>Export Filters</source>
        <translation>Eksport filtrów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="165"/>
        <source>There is a saved filter “{}” already. Replace it?</source>
        <translation>Zapisany filtr „{}” już istnieje. Zastąpić go?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/expressions.py" line="61"/>
        <source>Illegal parking</source>
        <translation>nieprawidłowe parkowanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="122"/>
        <source>Connection</source>
        <translation>Połączenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="83"/>
        <source>Size</source>
        <translation>Rozmiar</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="83"/>
        <source>Synchronised</source>
        <translation>Zsynchronizowano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="85"/>
        <source>&amp;Clear and Rebuild…</source>
        <translation>&amp;Wyczyść i wczytaj od nowa…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="87"/>
        <source>&amp;Open Folder</source>
        <translation>&amp;Otwórz folder</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="96"/>
        <source>Data on this computer</source>
        <translation>Dane na tym komputerze</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="116"/>
        <source>nothing</source>
        <translation>brak</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="149"/>
        <source>Clear and Rebuild</source>
        <translation>Wyczyść i wczytaj od nowa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="255"/>
        <source>Attachments</source>
        <translation>Załączniki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>Organiser of the meeting</source>
        <translation>Organizator spotkania</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="48"/>
        <source>People at the meeting</source>
        <translation>Liczba osób na spotkaniu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="102"/>
        <source>Threat map</source>
        <translation>Mapa zagrożeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="136"/>
        <source>This QGIS profile has no connection. Make one in QGIS: Plugins ▸ KMZB ▸ Connections…</source>
        <translation>Ten profil QGIS nie ma połączenia. Utwórz je w QGIS: Wtyczki ▸ KMZB ▸ Połączenia…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="140"/>
        <source>There is no connection “{}”. There are: {}</source>
        <translation>Nie ma połączenia „{}”. Są: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="168"/>
        <source>There is no connection “{}”.</source>
        <translation>Nie ma połączenia „{}”.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="197"/>
        <source>Nothing has been loaded from “{}” yet. Synchronise it first.</source>
        <translation>Z „{}” nic jeszcze nie wczytano. Najpierw je zsynchronizuj.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Sources (none for those of the filter)</source>
        <translation>Źródła (bez wyboru – te z filtra)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Citizens&apos; reports</source>
        <translation>Zgłoszenia obywateli</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Community signals</source>
        <translation>Konsultacje społeczne</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Police records</source>
        <translation>Dane policyjne</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Period (none for that of the filter)</source>
        <translation>Okres (bez wyboru – ten z filtra)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>First day (instead of the period)</source>
        <translation>Pierwszy dzień (zamiast okresu)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Last day (instead of the period)</source>
        <translation>Ostatni dzień (zamiast okresu)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="84"/>
        <source>The first day, {}, lies after the last one, {}.</source>
        <translation>Pierwszy dzień, {}, jest późniejszy niż ostatni, {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="92"/>
        <source>The data have no area or unit with this code: {}</source>
        <translation>W danych nie ma obszaru ani jednostki o kodzie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="140"/>
        <source>This is not a filter: {}</source>
        <translation>To nie jest filtr: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="143"/>
        <source>“{}” has no saved filter “{}”. It has: {}</source>
        <translation>„{}” nie ma zapisanego filtra „{}”. Ma: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="176"/>
        <source>This is not a day, which is written like 2026-11-30: {}</source>
        <translation>To nie jest dzień, który zapisuje się jak 2026-11-30: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="188"/>
        <source>Any date</source>
        <translation>Dowolna data</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_to_layer.py" line="52"/>
        <source>Filter to Layer</source>
        <translation>Filtr do warstwy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_to_layer.py" line="55"/>
        <source>Writes the threats that a filter keeps to a layer of points with all their facts. The filter is one that was saved in the filter panel, given by its name, or JSON as such a filter is exported; sources, period, areas and units that are given take the place of its own.</source>
        <translation>Zapisuje zagrożenia, które przepuszcza filtr, do warstwy punktów ze wszystkimi danymi. Filtr to filtr zapisany w panelu filtra, podany nazwą, albo JSON w postaci, w jakiej się go eksportuje; podane źródła, okres, obszary i jednostki zastępują te z filtra.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_to_layer.py" line="63"/>
        <source>Threats</source>
        <translation>Zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="134"/>
        <source>Filter in words</source>
        <translation>Filtr słowami</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="39"/>
        <source>Time of the synchronisation (UTC)</source>
        <translation>Czas synchronizacji (UTC)</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="73"/>
        <source>%n threat(s) on this computer</source>
        <translation>
            <numerusform>%n zagrożenie na tym komputerze</numerusform>
            <numerusform>%n zagrożenia na tym komputerze</numerusform>
            <numerusform>%n zagrożeń na tym komputerze</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="228"/>
        <source>The service does not take meetings yet. They are kept on this computer until its administrator has updated it.</source>
        <translation>Usługa nie przyjmuje jeszcze spotkań. Pozostaną na tym komputerze, aż administrator ją zaktualizuje.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="130"/>
        <source>You see {}</source>
        <translation>Widzisz: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="37"/>
        <source>the whole country</source>
        <translation>cały kraj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="39"/>
        <source>the voivodeship {}</source>
        <translation>województwo {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="41"/>
        <source>the own unit {}</source>
        <translation>własna jednostka {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="555"/>
        <source>The service asked for a complete new load of the data; it is done.</source>
        <translation>Usługa zażądała ponownego wczytania wszystkich danych; zostało wykonane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="555"/>
        <source>The local copy of the data was damaged and has been loaded anew; nothing else is lost.</source>
        <translation>Lokalna kopia danych była uszkodzona i została wczytana na nowo; nic innego nie przepadło.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="567"/>
        <source>What you may see has changed: {}.</source>
        <translation>Zmienił się zakres danych, które możesz przeglądać: {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="362"/>
        <source>Distance</source>
        <translation>Odległość</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="194"/>
        <source>Distance from {}</source>
        <translation>Odległość: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="292"/>
        <source>Deadline {} ({})</source>
        <translation>Termin: {} ({})</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="322"/>
        <source>Overdue</source>
        <translation>Po terminie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="323"/>
        <source>Due today</source>
        <translation>Termin dziś</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="324"/>
        <source>Due later</source>
        <translation>Termin później</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="105"/>
        <source>&amp;Own unit first</source>
        <translation>&amp;Moje najpierw</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="106"/>
        <source>Begin each group with the reports of my unit</source>
        <translation>Każdą grupę zacznij od zgłoszeń mojej jednostki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="271"/>
        <source>the middle of the map</source>
        <translation>środek mapy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="24"/>
        <source>Sent {}</source>
        <translation>Wysłane: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="28"/>
        <source>In conflict {}</source>
        <translation>Konflikty: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="30"/>
        <source>Rejected {}</source>
        <translation>Odrzucone: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="181"/>
        <source>{} m</source>
        <translation>{} m</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="183"/>
        <source>{} km</source>
        <translation>{} km</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="231"/>
        <source>%n day(s)</source>
        <comment>overdue</comment>
        <translation>
            <numerusform>%n dzień</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="47"/>
        <source>What was said</source>
        <translation>Co powiedziano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="55"/>
        <source>Remove this concern</source>
        <translation>Usuń tę obawę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="77"/>
        <source>Choose a category</source>
        <translation>Wybierz kategorię</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="116"/>
        <source>&amp;Add Concern</source>
        <translation>Dod&amp;aj obawę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="150"/>
        <source>Choose a category in force on that day</source>
        <translation>Wybierz kategorię obowiązującą w tym dniu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="152"/>
        <source>Write what was said, in at most {} characters</source>
        <translation>Napisz, co powiedziano, najwyżej {} znaków</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/concern_list.py" line="154"/>
        <source>Enter at least one concern</source>
        <translation>Wpisz przynajmniej jedną obawę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="64"/>
        <source>Enter Meeting</source>
        <translation>Wprowadź spotkanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="99"/>
        <source>no date yet</source>
        <translation>jeszcze bez daty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="102"/>
        <source>For example the hall and its address</source>
        <translation>Na przykład sala i jej adres</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="119"/>
        <source>&amp;Kind</source>
        <translation>&amp;Rodzaj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="119"/>
        <source>&amp;Date and time</source>
        <translation>&amp;Data i godzina</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="119"/>
        <source>P&amp;lace</source>
        <translation>&amp;Miejsce</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="166"/>
        <source>On the map</source>
        <translation>Na mapie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="119"/>
        <source>&amp;Organiser</source>
        <translation>&amp;Organizator</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="119"/>
        <source>Number of p&amp;eople</source>
        <translation>&amp;Liczba osób</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="152"/>
        <source>&amp;Send</source>
        <translation>&amp;Wyślij</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="153"/>
        <source>Disca&amp;rd…</source>
        <translation>Odr&amp;zuć…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="154"/>
        <source>Keep for La&amp;ter</source>
        <translation>Na &amp;później</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="286"/>
        <source>Discard Meeting</source>
        <translation>Odrzuć spotkanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="286"/>
        <source>Throw away what was entered about this meeting?</source>
        <translation>Odrzucić wszystko, co wpisano o tym spotkaniu?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="298"/>
        <source>Choose the day and hour</source>
        <translation>Wybierz dzień i godzinę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="299"/>
        <source>This is in the future; enter a meeting once it was held</source>
        <translation>To przyszłość; spotkanie wprowadź, gdy się odbędzie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="300"/>
        <source>Write where it was</source>
        <translation>Napisz, gdzie się odbyło</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="301"/>
        <source>Pick the place on the map</source>
        <translation>Wskaż miejsce na mapie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="302"/>
        <source>Write who held it</source>
        <translation>Napisz, kto je zorganizował</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="303"/>
        <source>Enter how many people came</source>
        <translation>Podaj, ile osób przyszło</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="311"/>
        <source>⚠ The service rejected it. {}</source>
        <translation>⚠ Usługa to odrzuciła. {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_text.py" line="19"/>
        <source>Organiser</source>
        <translation>Organizator</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_text.py" line="19"/>
        <source>Number of people</source>
        <translation>Liczba osób</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="240"/>
        <source>A draft; it is sent when you send it from the form.</source>
        <translation>Szkic; zostanie wysłany, gdy wyślesz go z formularza.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/place_picker.py" line="51"/>
        <source>&amp;Pick on the Map</source>
        <translation>Ws&amp;każ na mapie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/place_picker.py" line="68"/>
        <source>no place yet</source>
        <translation>jeszcze bez miejsca</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/place_picker.py" line="68"/>
        <source>{} N, {} E</source>
        <translation>{} N, {} E</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="47"/>
        <source>Meeting with citizens</source>
        <translation>Spotkanie z mieszkańcami</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="47"/>
        <source>Public debate</source>
        <translation>Debata publiczna</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="107"/>
        <source>The service does not know this category.</source>
        <translation>Usługa nie zna tej kategorii.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="108"/>
        <source>A description is needed.</source>
        <translation>Potrzebny jest opis.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="130"/>
        <source>draft</source>
        <translation>szkic</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/pending_meetings.py" line="52"/>
        <source>Meetings to be sent</source>
        <translation>Spotkania do wysłania</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="268"/>
        <source>Close the form of the other meeting first; its draft is kept.</source>
        <translation>Najpierw zamknij formularz drugiego spotkania; jego szkic zostanie zachowany.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>Enter &amp;Meeting…</source>
        <translation>Wprowadź spotka&amp;nie…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="138"/>
        <source>Concerns</source>
        <translation>Zgłoszone obawy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="202"/>
        <source>now</source>
        <translation>teraz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_fields.py" line="104"/>
        <source>When it was checked; the moment of sending where nothing is entered</source>
        <translation>Kiedy sprawdzono; chwila wysłania, jeśli nic nie wpisano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_fields.py" line="220"/>
        <source>This lies in the future</source>
        <translation>To data z przyszłości</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="89"/>
        <source>Send Decision</source>
        <translation>Wyślij decyzję</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="42"/>
        <source>U&amp;ndo</source>
        <translation>&amp;Cofnij</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="44"/>
        <source>Send Now</source>
        <translation>Wyślij teraz</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="79"/>
        <source>%n decision(s) may have been sent already.</source>
        <translation>
            <numerusform>%n decyzja mogła już zostać wysłana.</numerusform>
            <numerusform>%n decyzje mogły już zostać wysłane.</numerusform>
            <numerusform>%n decyzji mogło już zostać wysłanych.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="88"/>
        <source>sent in %n s</source>
        <translation>
            <numerusform>wysłanie za %n s</numerusform>
            <numerusform>wysłanie za %n s</numerusform>
            <numerusform>wysłanie za %n s</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="88"/>
        <source>waits to be sent</source>
        <translation>czeka na wysłanie</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="56"/>
        <source>%n decision(s)</source>
        <comment>batch</comment>
        <translation>
            <numerusform>%n decyzja</numerusform>
            <numerusform>%n decyzje</numerusform>
            <numerusform>%n decyzji</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="70"/>
        <source>Date and time</source>
        <translation>Data i godzina</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/base_map_task.py" line="19"/>
        <source>Opening “{}”</source>
        <translation>Otwieranie „{}”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Kind of district</source>
        <translation>Rodzaj rejonu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/district_list.py" line="51"/>
        <source>&amp;All</source>
        <translation>&amp;Wszystkie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/district_list.py" line="53"/>
        <source>&amp;None</source>
        <translation>Ż&amp;adne</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/district_list.py" line="163"/>
        <source>%n district(s) chosen</source>
        <translation>
            <numerusform>Wybrano %n rejon</numerusform>
            <numerusform>Wybrano %n rejony</numerusform>
            <numerusform>Wybrano %n rejonów</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="80"/>
        <source>Preview</source>
        <translation>Podgląd</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/layout_preview.py" line="36"/>
        <source>The preview follows.</source>
        <translation>Podgląd zaraz się pojawi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="124"/>
        <source>Open in &amp;Designer</source>
        <translation>Otwórz w &amp;projektancie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="180"/>
        <source>PDF, vector with georeference</source>
        <translation>PDF wektorowy z georeferencją</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="180"/>
        <source>PNG picture</source>
        <translation>Obraz PNG</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="180"/>
        <source>SVG drawing</source>
        <translation>Rysunek SVG</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="180"/>
        <source>Printer</source>
        <translation>Drukarka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="194"/>
        <source>O&amp;pen when done</source>
        <translation>Otwórz po z&amp;apisaniu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="198"/>
        <source>&amp;Write to</source>
        <translation>&amp;Zapisz jako</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="166"/>
        <source>&amp;Folder</source>
        <translation>&amp;Katalog</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="171"/>
        <source>&amp;Print</source>
        <translation>&amp;Drukuj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="157"/>
        <source>“{}” cannot be reached. The map is printed without it.</source>
        <translation>Nie można połączyć się z „{}”. Mapa zostanie wydrukowana bez tego podkładu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="87"/>
        <source>No district has this name or code.</source>
        <translation>Żaden rejon nie ma takiej nazwy ani kodu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="212"/>
        <source>the last synchronisation failed</source>
        <translation>ostatnia synchronizacja nie powiodła się</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="216"/>
        <source>synchronised</source>
        <translation>zsynchronizowano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="65"/>
        <source>by status</source>
        <translation>według statusu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="66"/>
        <source>by category</source>
        <translation>według kategorii</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="67"/>
        <source>as density</source>
        <translation>jako zagęszczenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="68"/>
        <source>as areas in colours</source>
        <translation>jako kartogram</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="69"/>
        <source>not shown</source>
        <translation>nie pokazuj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Beat or unit</source>
        <translation>Rewir lub jednostka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="132"/>
        <source>Police &amp;records</source>
        <translation>&amp;Dane policyjne</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="133"/>
        <source>Co&amp;mmunity signals</source>
        <translation>&amp;Konsultacje społeczne</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="134"/>
        <source>Police &amp;stations</source>
        <translation>&amp;Siedziby jednostek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="135"/>
        <source>&amp;Grid of kilometres</source>
        <translation>S&amp;iatka kilometrowa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="137"/>
        <source>Visible layers of the project</source>
        <translation>Widoczne warstwy projektu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="138"/>
        <source>None</source>
        <translation>Brak</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="141"/>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="143"/>
        <source>Re&amp;ports</source>
        <translation>Z&amp;głoszenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="144"/>
        <source>Areas in c&amp;olours</source>
        <translation>Obszary k&amp;artogramu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="147"/>
        <source>&amp;Base map</source>
        <translation>&amp;Podkład</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="152"/>
        <source>{district} stands for the district&apos;s name.</source>
        <translation>{district} oznacza nazwę rejonu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="154"/>
        <source>Kind of district and period</source>
        <translation>Rodzaj rejonu i okres</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="157"/>
        <source>for official use</source>
        <translation>do użytku służbowego</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="158"/>
        <source>Page</source>
        <translation>Strona</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="160"/>
        <source>&amp;Layout</source>
        <translation>&amp;Układ</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="162"/>
        <source>S&amp;ubtitle</source>
        <translation>Po&amp;dtytuł</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="163"/>
        <source>Mar&amp;king</source>
        <translation>&amp;Oznaczenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="166"/>
        <source>Pictures (*.svg *.png *.jpg)</source>
        <translation>Obrazy (*.svg *.png *.jpg)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="169"/>
        <source>Layout templates of your own (.qpt), which are then offered as layouts</source>
        <translation>Własne szablony wydruku (.qpt), które pojawią się na liście układów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="170"/>
        <source>Office</source>
        <translation>Jednostka drukująca</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="173"/>
        <source>Na&amp;me</source>
        <translation>&amp;Nazwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="45"/>
        <source>Coat of arms or logo</source>
        <translation>Godło lub logo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="175"/>
        <source>Folder of templates</source>
        <translation>Katalog szablonów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>by cell</source>
        <translation>w polach siatki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>by area</source>
        <translation>w obszarach</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Version for the public</source>
        <translation>Wersja publiczna</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="188"/>
        <source>Numbers only, without points, descriptions and statuses; what citizens do not see is left out.</source>
        <translation>Same liczby, bez punktów, opisów i statusów; pominięto to, czego nie widzą obywatele.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_options.py" line="196"/>
        <source>Numbers</source>
        <translation>Liczby</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Smallest number printed</source>
        <translation>Najmniejsza drukowana liczba</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/area_colors.py" line="46"/>
        <source>Number of threats by area</source>
        <translation>Liczba zagrożeń w obszarze</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/area_colors.py" line="90"/>
        <source>kept back, few threats</source>
        <translation>pominięto, mało zagrożeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="59"/>
        <source>City with the rights of a county</source>
        <translation>Miasto na prawach powiatu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="65"/>
        <source>Voivodeship police headquarters</source>
        <translation>Komenda wojewódzka Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="66"/>
        <source>Municipal police headquarters</source>
        <translation>Komenda miejska Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="67"/>
        <source>County police headquarters</source>
        <translation>Komenda powiatowa Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="68"/>
        <source>Police station</source>
        <translation>Komisariat Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="69"/>
        <source>Police post</source>
        <translation>Posterunek Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/choices.py" line="70"/>
        <source>Beat</source>
        <translation>Rewir dzielnicowych</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="225"/>
        <source>Change</source>
        <translation>Zmiana</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="185"/>
        <source>Other categories</source>
        <translation>Inne kategorie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="114"/>
        <source>Month by month</source>
        <translation>Miesiąc po miesiącu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="273"/>
        <source>Location</source>
        <translation>Położenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="277"/>
        <source>Not for urgent intervention: call 112 or 997. Source: {}.</source>
        <translation>Nie służy do pilnej interwencji: dzwoń pod numer 112 lub 997. Źródło: {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="293"/>
        <source>Change: against {} to {}</source>
        <translation>Zmiana: wobec okresu od {} do {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="296"/>
        <source>Version for the public: numbers under {} are not printed</source>
        <translation>Wersja publiczna: nie drukuje się liczb mniejszych niż {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="305"/>
        <source>beyond the map: {}</source>
        <translation>poza mapą: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="307"/>
        <source>left out of this print: {}</source>
        <translation>pominięte na tym wydruku: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="308"/>
        <source>Not on the map: {}</source>
        <translation>Nie ma na mapie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="48"/>
        <source>The layout template “{}” shows layers that are not in this project: {}. Add them to the project, or take them out of the template.</source>
        <translation>Szablon wydruku „{}” pokazuje warstwy, których nie ma w tym projekcie: {}. Dodaj je do projektu albo usuń z szablonu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="58"/>
        <source>The connection was closed, so printing has ended. Open it and print again.</source>
        <translation>Połączenie zamknięto, więc drukowanie zostało przerwane. Otwórz je i wydrukuj ponownie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="80"/>
        <source>Nothing is chosen to be printed. Choose at least one district or report.</source>
        <translation>Nie wybrano nic do wydruku. Wybierz co najmniej jeden rejon lub jedno zgłoszenie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="58"/>
        <source>A4 landscape</source>
        <translation>A4 poziomo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="59"/>
        <source>A4 portrait</source>
        <translation>A4 pionowo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="60"/>
        <source>A3 landscape</source>
        <translation>A3 poziomo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="61"/>
        <source>A3 portrait</source>
        <translation>A3 pionowo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="62"/>
        <source>A3 for the wall, without a table</source>
        <translation>A3 na ścianę, bez zestawienia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="303"/>
        <source>District</source>
        <translation>Rejon</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="415"/>
        <source>Columns of the table</source>
        <translation>Kolumny zestawienia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="547"/>
        <source>Around a point: in one place</source>
        <translation>Wokół punktu: w jednym miejscu</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/area_colors.py" line="83"/>
        <source>%n area(s)</source>
        <translation>
            <numerusform>%n obszar</numerusform>
            <numerusform>%n obszary</numerusform>
            <numerusform>%n obszarów</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/browser.py" line="126"/>
        <source>New Connection…</source>
        <translation>Nowe połączenie…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/browser.py" line="166"/>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/browser.py" line="166"/>
        <source>Edit Connection…</source>
        <translation>Edytuj połączenie…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/browser.py" line="166"/>
        <source>Remove Connection…</source>
        <translation>Usuń połączenie…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/browser.py" line="239"/>
        <source>On this computer: {}</source>
        <translation>Na tym komputerze: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/layer_actions.py" line="43"/>
        <source>Show in KMZB Verification</source>
        <translation>Pokaż w weryfikacji KMZB</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/layer_actions.py" line="90"/>
        <source>Filter Panel</source>
        <translation>Panel filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/layer_actions.py" line="90"/>
        <source>Zoom to Filtered Threats</source>
        <translation>Powiększ do zagrożeń z filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/layer_actions.py" line="128"/>
        <source>The filter keeps no threats.</source>
        <translation>Filtr nie pozostawia żadnych zagrożeń.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="56"/>
        <source>PDF document (*.pdf)</source>
        <translation>Dokument PDF (*.pdf)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="498"/>
        <source>PNG picture (*.png)</source>
        <translation>Obraz PNG (*.png)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="84"/>
        <source>KMZB Statistics</source>
        <translation>KMZB – statystyka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="141"/>
        <source>Subject of the statistics</source>
        <translation>Przedmiot statystyki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="144"/>
        <source>Take back the last change of the filter</source>
        <translation>Cofnij ostatnią zmianę filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="146"/>
        <source>Filter the map by the chosen row</source>
        <translation>Filtruj mapę według wybranego wiersza</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="150"/>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="150"/>
        <source>Copy &amp;Table</source>
        <translation>Kopiuj &amp;tabelę</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="150"/>
        <source>Copy &amp;Chart</source>
        <translation>Kopiuj &amp;wykres</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="155"/>
        <source>Save</source>
        <translation>Zapisz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="155"/>
        <source>Export &amp;Table…</source>
        <translation>Eksportuj &amp;tabelę…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="155"/>
        <source>Save &amp;Chart…</source>
        <translation>Zapisz &amp;wykres…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="201"/>
        <source>Count Again</source>
        <translation>Policz ponownie</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="317"/>
        <source>%n threat(s)</source>
        <comment>total</comment>
        <translation>
            <numerusform>%n zagrożenie</numerusform>
            <numerusform>%n zagrożenia</numerusform>
            <numerusform>%n zagrożeń</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="321"/>
        <source>Choose a period to compare it with the year before.</source>
        <translation>Wybierz okres, aby porównać go z poprzednim rokiem.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="323"/>
        <source>{} on the same period of the year before ({})</source>
        <translation>{} wobec tego samego okresu poprzedniego roku ({})</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="380"/>
        <source>The figures were not counted: you have cancelled it.</source>
        <translation>Nie policzono: anulowano liczenie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/district_statistics.py" line="59"/>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Skoroszyt programu Excel (*.xlsx)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/district_statistics.py" line="59"/>
        <source>OpenDocument spreadsheet (*.ods)</source>
        <translation>Arkusz OpenDocument (*.ods)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="491"/>
        <source>Text, comma separated (*.csv)</source>
        <translation>Tekst rozdzielany przecinkami (*.csv)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="493"/>
        <source>Export Table</source>
        <translation>Eksport tabeli</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="499"/>
        <source>SVG drawing (*.svg)</source>
        <translation>Rysunek SVG (*.svg)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="503"/>
        <source>Save Chart</source>
        <translation>Zapis wykresu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="525"/>
        <source>Saved as {}</source>
        <translation>Zapisano jako {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>S&amp;tatistics Panel</source>
        <translation>Panel s&amp;tatystyki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="264"/>
        <source>Median (hours)</source>
        <translation>Mediana (godz.)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="264"/>
        <source>90 % within (hours)</source>
        <translation>90% w ciągu (godz.)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="225"/>
        <source>Year before</source>
        <translation>Rok wcześniej</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="107"/>
        <source>By category</source>
        <translation>Według kategorii</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="108"/>
        <source>By status</source>
        <translation>Według statusu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="109"/>
        <source>By source</source>
        <translation>Według źródła</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="110"/>
        <source>By police unit</source>
        <translation>Według jednostki Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="111"/>
        <source>By voivodeship</source>
        <translation>Według województwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="112"/>
        <source>By county</source>
        <translation>Według powiatu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="113"/>
        <source>By commune</source>
        <translation>Według gminy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="115"/>
        <source>By weekday and hour</source>
        <translation>Według dnia tygodnia i godziny</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="116"/>
        <source>Time to first reaction and to decision</source>
        <translation>Czas do pierwszej reakcji i do decyzji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="117"/>
        <source>Places with most threats</source>
        <translation>Miejsca z największą liczbą zagrożeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="118"/>
        <source>Places where threats came back</source>
        <translation>Miejsca, w których zagrożenia powróciły</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="174"/>
        <source>Share</source>
        <translation>Udział</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="175"/>
        <source>Change on the year before</source>
        <translation>Zmiana wobec poprzedniego roku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="178"/>
        <source>Confirmed share</source>
        <translation>Odsetek potwierdzonych</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="180"/>
        <source>Per 1,000 inhabitants</source>
        <translation>Na 1000 mieszkańców</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="195"/>
        <source>Units with all units below them.</source>
        <translation>Jednostki wraz z podległymi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="215"/>
        <source>Without a status</source>
        <translation>Bez statusu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="215"/>
        <source>Not assigned</source>
        <translation>Nieprzypisane</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="225"/>
        <source>Month</source>
        <translation>Miesiąc</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="225"/>
        <source>A month that is not over is compared with the same days of the year before.</source>
        <translation>Niezakończony miesiąc porównano z tymi samymi dniami poprzedniego roku.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="249"/>
        <source>Hour</source>
        <translation>Godzina</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="250"/>
        <source>By the time it occurred.</source>
        <translation>Według czasu zdarzenia.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="256"/>
        <source>First reaction</source>
        <translation>Pierwsza reakcja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="260"/>
        <source>From the placing of a report. Deadlines: {} days to the first reaction, {} days of verification. A report that waits beyond its deadline counts as late.</source>
        <translation>Od umieszczenia zgłoszenia. Terminy: {} dni na pierwszą reakcję, {} dni weryfikacji. Zgłoszenie, które czeka po terminie, liczy się jako spóźnione.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="264"/>
        <source>Step</source>
        <translation>Etap</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="264"/>
        <source>Within the deadline</source>
        <translation>W terminie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="287"/>
        <source>Squares of about 110 m; the most frequent come first.</source>
        <translation>Kwadraty o boku około 110 m; od najczęstszych.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="287"/>
        <source>Squares of about 110 m in which a report was opened again after its elimination, or another of the same category was placed after one.</source>
        <translation>Kwadraty o boku około 110 m, w których po wyeliminowaniu wznowiono weryfikację zgłoszenia albo umieszczono kolejne tej samej kategorii.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/near_panel.py" line="121"/>
        <source>Likely the same</source>
        <translation>Prawdopodobnie to samo</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/near_panel.py" line="162"/>
        <source>Decide T&amp;ogether…</source>
        <translation>Decyduj &amp;wspólnie…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/near_panel.py" line="122"/>
        <source>Earlier at this place</source>
        <translation>Wcześniej w tym miejscu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/near_panel.py" line="111"/>
        <source>The same category within {} and {}, still waiting</source>
        <translation>Ta sama kategoria w promieniu {} i w ciągu {}, oczekujące</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="64"/>
        <source>%n day(s)</source>
        <comment>span</comment>
        <translation>
            <numerusform>%n dnia</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="204"/>
        <source>and %n more</source>
        <translation>
            <numerusform>i jeszcze %n</numerusform>
            <numerusform>i jeszcze %n</numerusform>
            <numerusform>i jeszcze %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/near_panel.py" line="162"/>
        <source>Decide T&amp;ogether (%n)…</source>
        <translation>
            <numerusform>Decyduj &amp;wspólnie (%n)…</numerusform>
            <numerusform>Decyduj &amp;wspólnie (%n)…</numerusform>
            <numerusform>Decyduj &amp;wspólnie (%n)…</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_bar.py" line="24"/>
        <source>Decide &amp;Together…</source>
        <translation>Decyduj w&amp;spólnie…</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_bar.py" line="35"/>
        <source>%n report(s) chosen</source>
        <translation>
            <numerusform>Wybrano %n zgłoszenie</numerusform>
            <numerusform>Wybrano %n zgłoszenia</numerusform>
            <numerusform>Wybrano %n zgłoszeń</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="67"/>
        <source>Decide Together</source>
        <translation>Wspólna decyzja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="91"/>
        <source>&amp;Decide</source>
        <translation>Z&amp;decyduj</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="96"/>
        <source>S&amp;tep</source>
        <translation>K&amp;rok</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="153"/>
        <source>Choose a step.</source>
        <translation>Wybierz krok.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="153"/>
        <source>Your role has no step that any of these can take.</source>
        <translation>Twoja rola nie ma kroku, który pasuje do któregoś z tych zgłoszeń.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="164"/>
        <source>%n report(s)</source>
        <translation>
            <numerusform>%n zgłoszenie</numerusform>
            <numerusform>%n zgłoszenia</numerusform>
            <numerusform>%n zgłoszeń</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="174"/>
        <source>Will be decided (%n)</source>
        <translation>
            <numerusform>Obejmie decyzja (%n)</numerusform>
            <numerusform>Obejmie decyzja (%n)</numerusform>
            <numerusform>Obejmie decyzja (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="174"/>
        <source>Will be left alone (%n)</source>
        <translation>
            <numerusform>Pozostaną bez zmian (%n)</numerusform>
            <numerusform>Pozostaną bez zmian (%n)</numerusform>
            <numerusform>Pozostaną bez zmian (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="174"/>
        <source>Chosen (%n)</source>
        <translation>
            <numerusform>Wybrane (%n)</numerusform>
            <numerusform>Wybrane (%n)</numerusform>
            <numerusform>Wybrane (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="188"/>
        <source>&amp;Decide (%n)</source>
        <translation>
            <numerusform>Z&amp;decyduj (%n)</numerusform>
            <numerusform>Z&amp;decyduj (%n)</numerusform>
            <numerusform>Z&amp;decyduj (%n)</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="22"/>
        <source>{}: new status “{}”.</source>
        <translation>{}: nowy status „{}”.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="24"/>
        <source>To be verified within %n day(s).</source>
        <translation>
            <numerusform>Weryfikacja w ciągu %n dnia.</numerusform>
            <numerusform>Weryfikacja w ciągu %n dni.</numerusform>
            <numerusform>Weryfikacja w ciągu %n dni.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="26"/>
        <source>Stays in the queue.</source>
        <translation>Zostaje w kolejce.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="28"/>
        <source>Leaves the queue.</source>
        <translation>Znika z kolejki.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="30"/>
        <source>No longer seen by citizens.</source>
        <translation>Niewidoczne dla obywateli.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="33"/>
        <source>Can be undone for %n second(s), then sent.</source>
        <translation>
            <numerusform>Można cofnąć przez %n sekundę, potem wysyłka.</numerusform>
            <numerusform>Można cofnąć przez %n sekundy, potem wysyłka.</numerusform>
            <numerusform>Można cofnąć przez %n sekund, potem wysyłka.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="35"/>
        <source>Sent at once.</source>
        <translation>Wysyłka od razu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="53"/>
        <source>waiting for my decision</source>
        <translation>czekające na moją decyzję</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="55"/>
        <source>within {}</source>
        <translation>w obszarze: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="55"/>
        <source>an area chosen on the map</source>
        <translation>obszar wskazany na mapie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="57"/>
        <source>within the map&apos;s view</source>
        <translation>w widoku mapy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/verification_cards.py" line="35"/>
        <source>Print Verification Cards</source>
        <translation>Drukuj karty weryfikacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="95"/>
        <source>No report waits in the queue, and none is chosen.</source>
        <translation>W kolejce nie czeka żadne zgłoszenie i żadnego nie wybrano.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="110"/>
        <source>&amp;This report: {}</source>
        <translation>&amp;To zgłoszenie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="111"/>
        <source>The whole &amp;queue</source>
        <translation>Cała &amp;kolejka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="122"/>
        <source>With the visible &amp;layers of the project</source>
        <translation>Z widocznymi &amp;warstwami projektu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="130"/>
        <source>Na&amp;me of the office</source>
        <translation>&amp;Nazwa jednostki</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="154"/>
        <source>The whole &amp;queue: %n report(s)</source>
        <translation>
            <numerusform>Cała &amp;kolejka: %n zgłoszenie</numerusform>
            <numerusform>Cała &amp;kolejka: %n zgłoszenia</numerusform>
            <numerusform>Cała &amp;kolejka: %n zgłoszeń</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="170"/>
        <source>&amp;Save</source>
        <translation>&amp;Zapisz</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="170"/>
        <source>&amp;Save %n page(s)</source>
        <translation>
            <numerusform>&amp;Zapisz %n stronę</numerusform>
            <numerusform>&amp;Zapisz %n strony</numerusform>
            <numerusform>&amp;Zapisz %n stron</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="189"/>
        <source>All in one &amp;book</source>
        <translation>Wszystko w jednym &amp;zeszycie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="193"/>
        <source>Save Print</source>
        <translation>Zapisz wydruk</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="295"/>
        <source>The print was saved as {}</source>
        <translation>Wydruk zapisano jako {}</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="295"/>
        <source>%n file(s) were saved in {}</source>
        <translation>
            <numerusform>Zapisano %n plik w {}</numerusform>
            <numerusform>Zapisano %n pliki w {}</numerusform>
            <numerusform>Zapisano %n plików w {}</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="93"/>
        <source>Print &amp;Card…</source>
        <translation>Drukuj &amp;kartę…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>Print Verification Ca&amp;rds…</source>
        <translation>Drukuj &amp;karty weryfikacji…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="192"/>
        <source>Other threats</source>
        <translation>Inne zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="207"/>
        <source>Threat Verification Card</source>
        <translation>Karta weryfikacji zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="56"/>
        <source>Report</source>
        <translation>Zgłoszenie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="216"/>
        <source>Description by the reporter</source>
        <translation>Opis zgłaszającego</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="218"/>
        <source>Place, 1 : {}</source>
        <translation>Miejsce, 1 : {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="219"/>
        <source>Surroundings, 1 : {}</source>
        <translation>Okolica, 1 : {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="222"/>
        <source>Findings</source>
        <translation>Ustalenia sprawdzającego</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="223"/>
        <source>Date, rank, name and signature</source>
        <translation>Data, stopień, imię i nazwisko, podpis</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="224"/>
        <source>Grey dots: other threats</source>
        <translation>Szare punkty: inne zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="258"/>
        <source>Coordinates</source>
        <translation>Współrzędne</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="259"/>
        <source>PL-1992</source>
        <translation>PL-1992</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="271"/>
        <source>and %n earlier one(s)</source>
        <translation>
            <numerusform>i %n wcześniejsza</numerusform>
            <numerusform>i %n wcześniejsze</numerusform>
            <numerusform>i %n wcześniejszych</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="73"/>
        <source>The report {} is no longer in the data, so its card cannot be printed.</source>
        <translation>Zgłoszenia {} nie ma już w danych, więc nie można wydrukować jego karty.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="46"/>
        <source>Print District Maps</source>
        <translation>Drukuj mapy rejonów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="49"/>
        <source>Prints a map with figures for each district, as vector PDF with georeference, in one book or a file each. Without codes, all districts of the kind are printed. In the title, {district} stands for the district&apos;s name. The version for the public has numbers by cell or area only, and none below the smallest one.</source>
        <translation>Drukuje mapę z zestawieniem dla każdego rejonu jako wektorowy PDF z georeferencją, w jednym zeszycie albo w osobnych plikach. Bez kodów drukowane są wszystkie rejony danego rodzaju. W tytule {district} oznacza nazwę rejonu. Wersja publiczna zawiera tylko liczby w polach siatki lub w obszarach, żadnej mniejszej niż najmniejsza dozwolona.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Codes of districts, separated by commas (empty for all)</source>
        <translation>Kody rejonów oddzielone przecinkami (puste: wszystkie)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Layout</source>
        <translation>Układ</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Areas in colours</source>
        <translation>Obszary kartogramu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Police stations</source>
        <translation>Siedziby jednostek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Grid of kilometres</source>
        <translation>Siatka kilometrowa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Title</source>
        <translation>Tytuł</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>Subtitle</source>
        <translation>Podtytuł</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="72"/>
        <source>no</source>
        <translation>nie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="66"/>
        <source>Number of pages</source>
        <translation>Liczba stron</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_district_maps.py" line="129"/>
        <source>The data have no district of this kind with this code: {}</source>
        <translation>W danych nie ma rejonu tego rodzaju o kodzie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="41"/>
        <source>Marking, for example “for official use”</source>
        <translation>Oznaczenie, na przykład „do użytku służbowego”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="44"/>
        <source>Name of the office</source>
        <translation>Nazwa jednostki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="45"/>
        <source>Layout template of one&apos;s own</source>
        <translation>Własny szablon wydruku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="45"/>
        <source>Layers under the threats</source>
        <translation>Warstwy pod zagrożeniami</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="58"/>
        <source>All pages in one file (otherwise a file each, in the file&apos;s folder)</source>
        <translation>Wszystkie strony w jednym pliku (inaczej osobne pliki w jego katalogu)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="63"/>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="63"/>
        <source>PDF documents (*.pdf)</source>
        <translation>Dokumenty PDF (*.pdf)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/print_parameters.py" line="89"/>
        <source>There is no file {}.</source>
        <translation>Nie ma pliku {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/verification_cards.py" line="38"/>
        <source>Prints a verification card for each report that waits, the most urgent first: its facts, its place on two maps, its history, and room for notes and a signature. References that are given choose the reports instead; otherwise the filter does.</source>
        <translation>Drukuje kartę weryfikacji każdego oczekującego zgłoszenia, najpilniejsze najpierw: szczegóły, miejsce na dwóch mapach, dotychczasowe decyzje oraz miejsce na ustalenia i podpis. Zgłoszenia wybiera filtr albo podane numery.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/verification_cards.py" line="45"/>
        <source>References, separated by commas (empty for the queue)</source>
        <translation>Numery zgłoszeń oddzielone przecinkami (puste: kolejka)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/verification_cards.py" line="69"/>
        <source>The data have no report with this reference: {}</source>
        <translation>W danych nie ma zgłoszenia o numerze: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="285"/>
        <source>Threats in the district: at least {}</source>
        <translation>Zagrożenia w rejonie: co najmniej {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="40"/>
        <source>Colour Areas by Figure</source>
        <translation>Kolorowanie obszarów według wskaźnika</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="49"/>
        <source>The map follows the filter. Areas without a value stay blank.</source>
        <translation>Mapa podąża za filtrem. Obszary bez wartości pozostają puste.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="52"/>
        <source>&amp;Figure</source>
        <translation>&amp;Wskaźnik</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="53"/>
        <source>&amp;Areas</source>
        <translation>&amp;Obszary</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="54"/>
        <source>Class &amp;breaks</source>
        <translation>&amp;Granice klas</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="55"/>
        <source>&amp;Classes</source>
        <translation>&amp;Klasy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="57"/>
        <source>&amp;Show on Map</source>
        <translation>&amp;Pokaż na mapie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/choropleth_dialog.py" line="59"/>
        <source>&amp;Remove from Map</source>
        <translation>&amp;Usuń z mapy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="148"/>
        <source>Colour areas by a figure…</source>
        <translation>Koloruj obszary według wskaźnika…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="96"/>
        <source>No area of this level has a value to colour it by. A change needs a period with a beginning, a confirmed share needs decided reports, and inhabitants must be in the data.</source>
        <translation>Żaden obszar tego poziomu nie ma wartości, według której można go pokolorować. Zmiana wymaga okresu z początkiem, odsetek potwierdzonych – rozstrzygniętych zgłoszeń, a liczba mieszkańców musi być w danych.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="65"/>
        <source>Threats per km²</source>
        <translation>Zagrożenia na km²</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="107"/>
        <source>Threats per 1,000 inhabitants</source>
        <translation>Zagrożenia na 1000 mieszkańców</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="108"/>
        <source>Confirmed share (%)</source>
        <translation>Odsetek potwierdzonych (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="109"/>
        <source>Change on the year before (%)</source>
        <translation>Zmiana wobec poprzedniego roku (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="117"/>
        <source>voivodeships</source>
        <translation>województwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="118"/>
        <source>counties</source>
        <translation>powiaty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="119"/>
        <source>communes</source>
        <translation>gminy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="120"/>
        <source>police units</source>
        <translation>jednostki Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="218"/>
        <source>{}, {}</source>
        <translation>{}, {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/choropleth.py" line="323"/>
        <source>%1 to %2</source>
        <translation>%1 do %2</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="118"/>
        <source>Being fetched…</source>
        <translation>Pobieranie…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="108"/>
        <source>Fetching attachments</source>
        <translation>Pobieranie załączników</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="147"/>
        <source>Stopped.</source>
        <translation>Zatrzymano.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="149"/>
        <source>They are not on this computer yet. {}</source>
        <translation>Nie ma ich jeszcze na tym komputerze. {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="174"/>
        <source>Open…</source>
        <translation>Otwórz…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="175"/>
        <source>Open {}</source>
        <translation>Otwórz: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="178"/>
        <source>Files of this kind are not opened from here</source>
        <translation>Pliki tego rodzaju nie są stąd otwierane</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="204"/>
        <source>Open Attachment</source>
        <translation>Otwórz załącznik</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/attachments_part.py" line="204"/>
        <source>“{}” was sent by somebody who is not known. Opening it in another program can harm this computer. Open it all the same?</source>
        <translation>Plik „{}” przysłała nieznana osoba. Otwarcie go w innym programie może zaszkodzić temu komputerowi. Otworzyć mimo to?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/coordinates_part.py" line="51"/>
        <source>Copy the coordinates in {}</source>
        <translation>Kopiuj współrzędne w układzie {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/coordinates_part.py" line="59"/>
        <source>St&amp;reet View</source>
        <translation>Widok z &amp;ulicy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/coordinates_part.py" line="61"/>
        <source>&amp;Geoportal</source>
        <translation>&amp;Geoportal</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/coordinates_part.py" line="82"/>
        <source>Latitude, longitude</source>
        <translation>Szerokość, długość geograficzna</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/coordinates_part.py" line="83"/>
        <source>X northing, Y easting: the order of the official system</source>
        <translation>X na północ, Y na wschód: kolejność układu urzędowego</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/coordinates_part.py" line="102"/>
        <source>The link in the options (KMZB) is not valid: {}</source>
        <translation>Odnośnik w opcjach (KMZB) jest niepoprawny: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="23"/>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="24"/>
        <source>Send at once</source>
        <translation>Wysyłaj od razu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="35"/>
        <source>An address with {}; empty for no link</source>
        <translation>Adres z {}; pusty, jeśli odnośnika ma nie być</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="39"/>
        <source>Decisions can be &amp;undone for</source>
        <translation>Decyzje można &amp;cofać przez</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="40"/>
        <source>Link to a st&amp;reet view</source>
        <translation>Odnośnik do widoku z &amp;ulicy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="41"/>
        <source>Link to a &amp;geoportal</source>
        <translation>Odnośnik do &amp;geoportalu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="60"/>
        <source>A link begins with https:// and names a server.</source>
        <translation>Odnośnik zaczyna się od https:// i wskazuje serwer.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="62"/>
        <source>There is no {} for a link.</source>
        <translation>W odnośniku nie można użyć {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_history.py" line="31"/>
        <source>your decision, to be sent</source>
        <translation>Twoja decyzja, do wysłania</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="84"/>
        <source>History</source>
        <translation>Historia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/attachments.py" line="48"/>
        <source>The attachment is too large to be fetched. Ask the service&apos;s administrator for it.</source>
        <translation>Załącznik jest za duży, aby go pobrać. Poproś o niego administratora usługi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="236"/>
        <source>This computer does not have the fonts {} of the layout; others take their place.</source>
        <translation>Na tym komputerze nie ma czcionek {} użytych w układzie; zastępują je inne.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="265"/>
        <source>Threats by date</source>
        <translation>Zagrożenia według daty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="350"/>
        <source>Only what waits for &amp;my decision</source>
        <translation>Tylko czekające na &amp;moją decyzję</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="351"/>
        <source>Reports of your unit and those below it that your role may decide on next</source>
        <translation>Zgłoszenia Twojej jednostki i jednostek jej podległych, o których Twoja rola może teraz zdecydować</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/map_part.py" line="49"/>
        <source>Inside the map&apos;s &amp;view</source>
        <translation>W &amp;widoku mapy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/map_part.py" line="50"/>
        <source>The filter follows the map when it is moved</source>
        <translation>Filtr podąża za mapą, gdy się ją przesuwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/map_part.py" line="52"/>
        <source>Inside the &amp;selected area</source>
        <translation>W za&amp;znaczonym obszarze</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/map_part.py" line="53"/>
        <source>Polygons that are selected in any layer of the project</source>
        <translation>Poligony zaznaczone w dowolnej warstwie projektu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/map_part.py" line="58"/>
        <source>Take the area that is selected now</source>
        <translation>Weź obszar, który jest teraz zaznaczony</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/period_brush.py" line="171"/>
        <source>No threats on these days</source>
        <translation>Brak zagrożeń w tych dniach</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/period_brush.py" line="343"/>
        <source>A bar is a day</source>
        <translation>Słupek to dzień</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/period_brush.py" line="344"/>
        <source>A bar is a week</source>
        <translation>Słupek to tydzień</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/period_brush.py" line="345"/>
        <source>A bar is a month</source>
        <translation>Słupek to miesiąc</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/period_brush.py" line="346"/>
        <source>A bar is a year</source>
        <translation>Słupek to rok</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/shapes.py" line="44"/>
        <source>No area is selected. Select polygons of any layer on the map, then choose this again.</source>
        <translation>Nie zaznaczono obszaru. Zaznacz na mapie poligony dowolnej warstwy i wybierz to ponownie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/shapes.py" line="51"/>
        <source>The selected area cannot be placed on the map. Check its layer&apos;s coordinate system.</source>
        <translation>Zaznaczonego obszaru nie da się umieścić na mapie. Sprawdź układ współrzędnych jego warstwy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="109"/>
        <source>The category was not in use on that day.</source>
        <translation>Kategoria nie obowiązywała w tym dniu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="110"/>
        <source>The description is too long.</source>
        <translation>Opis jest za długi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="111"/>
        <source>The place lies outside the area that the service takes.</source>
        <translation>Miejsce leży poza obszarem, który przyjmuje usługa.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="112"/>
        <source>The time lies in the future. Check this computer&apos;s clock.</source>
        <translation>Czas leży w przyszłości. Sprawdź zegar tego komputera.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/conflict_text.py" line="107"/>
        <source>{} of the report</source>
        <translation>{} (zgłoszenie)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/tally_label.py" line="51"/>
        <source>Today you have made no decisions yet.</source>
        <translation>Dziś nie podjęto jeszcze żadnej decyzji.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/tally_label.py" line="56"/>
        <source>Today you have made %n decision(s)</source>
        <translation>
            <numerusform>Dziś: %n decyzja</numerusform>
            <numerusform>Dziś: %n decyzje</numerusform>
            <numerusform>Dziś: %n decyzji</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="41"/>
        <source>Undo</source>
        <translation>Cofnij</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/tree_indicators.py" line="109"/>
        <source>Filtered: {}</source>
        <translation>Filtr: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/tree_indicators.py" line="112"/>
        <source>Data as of {} ({})</source>
        <translation>Stan danych: {} ({})</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="34"/>
        <source>Statistics Report</source>
        <translation>Raport statystyczny</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="56"/>
        <source>Web page (*.html)</source>
        <translation>Strona WWW (*.html)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="88"/>
        <source>Save Statistics Report</source>
        <translation>Zapis raportu statystycznego</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="90"/>
        <source>&amp;Open when done</source>
        <translation>&amp;Otwórz po zapisaniu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="98"/>
        <source>&amp;Language</source>
        <translation>&amp;Język</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="102"/>
        <source>Shown</source>
        <translation>Pokazano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="104"/>
        <source>&amp;Save Report</source>
        <translation>Zapi&amp;sz raport</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="170"/>
        <source>The report was cancelled; nothing was written.</source>
        <translation>Anulowano raport; niczego nie zapisano.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="307"/>
        <source>Statistics R&amp;eport…</source>
        <translation>Raport statyst&amp;yczny…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="178"/>
        <source>not known</source>
        <translation>nieznany</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="182"/>
        <source>Looked at</source>
        <translation>Zakres</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="182"/>
        <source>Data as of</source>
        <translation>Stan danych</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="182"/>
        <source>Made on</source>
        <translation>Sporządzono</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="188"/>
        <source>In the same period of the year before</source>
        <translation>W tym samym okresie poprzedniego roku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="188"/>
        <source>First reaction, median (hours)</source>
        <translation>Pierwsza reakcja, mediana (godz.)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="188"/>
        <source>First reaction within the deadline</source>
        <translation>Pierwsza reakcja w terminie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="188"/>
        <source>Decision, median (hours)</source>
        <translation>Decyzja, mediana (godz.)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="188"/>
        <source>Decision within the deadline</source>
        <translation>Decyzja w terminie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="204"/>
        <source>The map is not for urgent intervention. In an emergency call 112 or 997.</source>
        <translation>Mapa nie służy do zgłaszania spraw wymagających pilnej interwencji. W nagłych wypadkach dzwoń pod numer 112 lub 997.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_tables.py" line="101"/>
        <source>Statistics of security threats</source>
        <translation>Statystyka zagrożeń bezpieczeństwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/choropleth.py" line="80"/>
        <source>Choropleth</source>
        <translation>Kartogram</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/choropleth.py" line="55"/>
        <source>Makes a layer of areas or police units coloured by one of their figures, with class breaks by QGIS&apos;s own classification. The layer shows the figures of now; a map that follows the filter is made in the statistics panel. The colours can also be written to a QML file, for layouts that are made without a window.</source>
        <translation>Tworzy warstwę obszarów lub jednostek Policji pokolorowaną według wybranego wskaźnika, z granicami klas z klasyfikacji QGIS. Warstwa pokazuje stan obecny; mapę, która podąża za filtrem, tworzy się w panelu statystyki. Kolory można też zapisać do pliku QML, do wydruków tworzonych bez okna.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/choropleth.py" line="65"/>
        <source>Figure</source>
        <translation>Wskaźnik</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/choropleth.py" line="70"/>
        <source>Class breaks</source>
        <translation>Granice klas</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/choropleth.py" line="75"/>
        <source>Classes</source>
        <translation>Klasy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/dressing.py" line="31"/>
        <source>Colours</source>
        <translation>Kolory</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/dressing.py" line="31"/>
        <source>QGIS style (*.qml)</source>
        <translation>Styl QGIS (*.qml)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/district_statistics.py" line="40"/>
        <source>District Statistics</source>
        <translation>Statystyka rejonów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/district_statistics.py" line="43"/>
        <source>Counts the threats that a filter keeps, by area or police unit: their number, per square kilometre and per 1,000 inhabitants, the share of decided reports that are confirmed, and the change in percent on the same period of the year before, which has no value where there was nothing then. Units have the threats of all units below them. All tables of the statistics can be written to a workbook besides.</source>
        <translation>Liczy zagrożenia, które przepuszcza filtr, według obszaru lub jednostki Policji: ich liczbę, na kilometr kwadratowy i na 1000 mieszkańców, odsetek potwierdzonych wśród rozstrzygniętych zgłoszeń oraz zmianę w procentach wobec tego samego okresu poprzedniego roku, która nie ma wartości, jeżeli wtedy nie było niczego. Jednostki mają też zagrożenia jednostek podległych. Wszystkie tabele statystyki można dodatkowo zapisać do skoroszytu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/district_statistics.py" line="54"/>
        <source>Figures</source>
        <translation>Wskaźniki</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/district_statistics.py" line="59"/>
        <source>All tables</source>
        <translation>Wszystkie tabele</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_parameters.py" line="33"/>
        <source>Voivodeships</source>
        <translation>Województwa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_parameters.py" line="33"/>
        <source>Counties</source>
        <translation>Powiaty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_parameters.py" line="33"/>
        <source>Communes</source>
        <translation>Gminy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="37"/>
        <source>Writes the statistics of the threats that a filter keeps as PDF or HTML, with charts and tables, in Polish or English. The file appears once it is whole: a run that is cancelled leaves what was there before.</source>
        <translation>Zapisuje statystykę zagrożeń, które przepuszcza filtr, jako PDF lub HTML, z wykresami i tabelami, po polsku lub po angielsku. Plik pojawia się dopiero w całości: anulowane wykonanie zostawia to, co było wcześniej.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="45"/>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="45"/>
        <source>Polish</source>
        <translation>Polski</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="45"/>
        <source>English</source>
        <translation>Angielski</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/statistics_report.py" line="53"/>
        <source>Title (empty for the usual one)</source>
        <translation>Tytuł (pusty – zwykły)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="91"/>
        <source>The report is given to a unit that you may not decide for.</source>
        <translation>Zgłoszenie jest przydzielone jednostce, za którą nie możesz decydować.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="92"/>
        <source>The decision was taken; the report has been given to others since.</source>
        <translation>Decyzja została podjęta; zgłoszenie przydzielono później innym.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="80"/>
        <source>An old answer came out of a cache between this computer and the service. Nothing of it was taken; ask the network&apos;s administrator not to cache the service&apos;s address.</source>
        <translation>Między tym komputerem a usługą odpowiedziała pamięć podręczna, dawną odpowiedzią. Niczego z niej nie przyjęto; poproś administratora sieci, by nie buforował adresu usługi.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="91"/>
        <source>cards</source>
        <translation>karty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="83"/>
        <source>districts</source>
        <translation>rejony</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="49"/>
        <source>Not Sent Yet</source>
        <translation>Jeszcze nie wysłano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="50"/>
        <source>Waiting to be sent: {}.</source>
        <translation>Czeka na wysłanie: {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="55"/>
        <source>Stay in QGIS while it is sent</source>
        <translation>Pozostań w QGIS na czas wysyłania</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/meeting_dialog.py" line="155"/>
        <source>The draft is in the outbox, in the verification panel</source>
        <translation>Szkic jest w skrzynce nadawczej, w panelu weryfikacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/verification_dock.py" line="153"/>
        <source>Outbox</source>
        <translation>Skrzynka nadawcza</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_model.py" line="103"/>
        <source>Decision or Meeting</source>
        <translation>Decyzja lub spotkanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="205"/>
        <source>Choose an entry to see what became of it.</source>
        <translation>Wybierz pozycję, aby zobaczyć, co się z nią stało.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="205"/>
        <source>Your decisions and meetings will be listed here; there are none yet.</source>
        <translation>Tu znajdą się Twoje decyzje i spotkania; na razie nie ma żadnych.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="273"/>
        <source>It may have been sent already and cannot be withdrawn.</source>
        <translation>Mogło to już zostać wysłane i nie da się wycofać.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="215"/>
        <source>not sent yet: {}</source>
        <translation>jeszcze nie wysłano: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="80"/>
        <source>Show the outbox</source>
        <translation>Pokaż skrzynkę nadawczą</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/tree_indicators.py" line="115"/>
        <source>Waiting to be sent: {}</source>
        <translation>Czeka na wysłanie: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="583"/>
        <source>Waiting to be sent to “{}”: {}. What waits is kept and sent when that connection is open again.</source>
        <translation>Czeka na wysłanie do „{}”: {}. To, co czeka, jest zachowane i zostanie wysłane, gdy to połączenie będzie znów otwarte.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="96"/>
        <source>The outbox, the file with your unsent decisions and meetings, is damaged. Open the connection again: what can be read will be rescued.</source>
        <translation>Skrzynka nadawcza, plik z niewysłanymi decyzjami i spotkaniami, jest uszkodzona. Otwórz połączenie ponownie: to, co da się odczytać, zostanie uratowane.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="100"/>
        <source>%n entry(ies) could be rescued.</source>
        <translation>
            <numerusform>Uratowano %n pozycję.</numerusform>
            <numerusform>Uratowano %n pozycje.</numerusform>
            <numerusform>Uratowano %n pozycji.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="101"/>
        <source>The outbox, the file with your unsent decisions and meetings, was damaged. {} Check what you entered last; the damaged file is kept as {}.</source>
        <translation>Skrzynka nadawcza, plik z niewysłanymi decyzjami i spotkaniami, była uszkodzona. {} Sprawdź, co wpisano ostatnio; uszkodzony plik zachowano jako {}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="58"/>
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n spotkanie</numerusform>
            <numerusform>%n spotkania</numerusform>
            <numerusform>%n spotkań</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="41"/>
        <source>No secure connection to the service could be made: its certificate is not trusted, or it does not use https. Check the connection&apos;s address; your administrator can add the certificate to QGIS (Options, Authentication), or tell you that it may be trusted when QGIS asks about it.</source>
        <translation>Nie udało się nawiązać bezpiecznego połączenia z usługą: jej certyfikat nie jest zaufany albo usługa nie używa https. Sprawdź adres połączenia; administrator może dodać certyfikat do QGIS (Opcje, Uwierzytelnianie) albo powiedzieć, że można mu zaufać, gdy QGIS o niego zapyta.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="166"/>
        <source>Police and community</source>
        <translation>Policja i społeczność</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="547"/>
        <source>Several close together, with their number</source>
        <translation>Kilka blisko siebie, z ich liczbą</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="204"/>
        <source>{} min</source>
        <translation>{} min</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="206"/>
        <source>{} h</source>
        <translation>{} godz.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="207"/>
        <source>%n d</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n dzień</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/jobs.py" line="102"/>
        <source>Printing was cancelled. No file was written.</source>
        <translation>Drukowanie przerwano. Nie zapisano żadnego pliku.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/jobs.py" line="103"/>
        <source>Printing was cancelled. %n file(s) had been written and stay.</source>
        <translation>
            <numerusform>Drukowanie przerwano. %n zapisany już plik pozostaje.</numerusform>
            <numerusform>Drukowanie przerwano. %n zapisane już pliki pozostają.</numerusform>
            <numerusform>Drukowanie przerwano. %n zapisanych już plików pozostaje.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/statistics_report.py" line="297"/>
        <source>Page {} of {}</source>
        <translation>Strona {} z {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/report_dialog.py" line="115"/>
        <source>statistics</source>
        <translation>statystyka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="45"/>
        <source>Not significant</source>
        <translation>Nieistotne statystycznie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="83"/>
        <source>Places</source>
        <translation>Miejsca</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="68"/>
        <source>p, false discoveries held</source>
        <translation>p z poprawką na fałszywe odkrycia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="151"/>
        <source>Hotspots</source>
        <translation>Hot spoty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="49"/>
        <source>Finds where more threats lie than chance explains. The threats that a filter keeps are counted in equal cells over the area that the filter looks at, cells without any included, in metres of PL-1992 (EPSG:2180). Each cell is tested with its neighbours by the statistic Gi* of Getis and Ord; as many cells are tested at once, the false discovery rate (Benjamini and Hochberg) is held: of the cells called hot at 95 % no more than 5 % are expected to be so by chance. The probabilities are those of the counts themselves; the normal distribution, which other programs take, calls more cells hot, and many of them by chance where threats are few. Reports that were snapped to one place make false hotspots: each cell says how many of its threats share their place with another, and places can be counted instead of threats. A hotspot shows where there are many threats, not how great the risk is for a person: more people report more.</source>
        <translation>Znajduje miejsca, w których zagrożeń jest więcej, niż tłumaczy przypadek. Zagrożenia wybrane filtrem są liczone w równych komórkach na obszarze, którego dotyczy filtr, także w komórkach bez zagrożeń, w metrach układu PL-1992 (EPSG:2180). Każda komórka jest sprawdzana razem z sąsiednimi statystyką Gi* Getisa i Orda; ponieważ sprawdza się naraz wiele komórek, ograniczany jest odsetek fałszywych odkryć (metoda Benjaminiego i Hochberga): z komórek uznanych za hot spoty na poziomie 95% najwyżej 5% powinno być nimi z przypadku. Prawdopodobieństwa wynikają z samych liczebności; rozkład normalny, używany przez inne programy, wskazuje więcej komórek, a tam, gdzie zagrożeń jest mało, wiele z nich z przypadku. Zgłoszenia przypisane do jednego punktu dają fałszywe hot spoty: każda komórka podaje, jaka część jej zagrożeń dzieli miejsce z innym, a zamiast zagrożeń można liczyć miejsca. Hot spot pokazuje, gdzie zagrożeń jest dużo, a nie jak duże jest ryzyko dla człowieka: więcej ludzi więcej zgłasza.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="64"/>
        <source>Shape of cells</source>
        <translation>Kształt komórek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="64"/>
        <source>Hexagons</source>
        <translation>Sześciokąty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="64"/>
        <source>Squares</source>
        <translation>Kwadraty</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="70"/>
        <source>Rings of neighbours</source>
        <translation>Liczba pierścieni sąsiadów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="75"/>
        <source>Count places instead of threats</source>
        <translation>Licz miejsca zamiast zagrożeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="95"/>
        <source>Number of hot cells (95 %)</source>
        <translation>Liczba komórek hot spotów (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="96"/>
        <source>Number of cold cells (95 %)</source>
        <translation>Liczba komórek cold spotów (95%)</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="218"/>
        <source>%n threat(s) found.</source>
        <translation>
            <numerusform>Znaleziono %n zagrożenie.</numerusform>
            <numerusform>Znaleziono %n zagrożenia.</numerusform>
            <numerusform>Znaleziono %n zagrożeń.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="113"/>
        <source>A test of hotspots needs {} or more: widen the filter.</source>
        <translation>Do wyznaczenia hot spotów trzeba co najmniej {}: poszerz filtr.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/cell_parameters.py" line="80"/>
        <source>Width of a cell: {} m</source>
        <translation>Szerokość komórki: {} m</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/cell_parameters.py" line="85"/>
        <source>Cells of {} m are too small for this area: there would be {}, and {} are the most. Choose {} m or more, or a smaller area.</source>
        <translation>Komórki o szerokości {} m są za małe dla tego obszaru: byłoby ich {}, a może być najwyżej {}. Wybierz {} m lub więcej albo mniejszy obszar.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/cell_parameters.py" line="92"/>
        <source>Cells of {} m are too large for this area: it has {} of them, and a test needs {} or more. Choose smaller ones.</source>
        <translation>Komórki o szerokości {} m są za duże dla tego obszaru: jest ich {}, a trzeba co najmniej {}. Wybierz mniejsze.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="127"/>
        <source>All cells have the same number, so none differs from the others. Choose other cells.</source>
        <translation>Wszystkie komórki mają tę samą liczbę, więc żadna się nie wyróżnia. Wybierz inne komórki.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/cells.py" line="46"/>
        <source>%n threat(s) lie outside the boundaries of the area and are not counted.</source>
        <translation>
            <numerusform>%n zagrożenie leży poza granicami obszaru i nie jest liczone.</numerusform>
            <numerusform>%n zagrożenia leżą poza granicami obszaru i nie są liczone.</numerusform>
            <numerusform>%n zagrożeń leży poza granicami obszaru i nie jest liczonych.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="52"/>
        <source>Threats that share their place with another one: {} %</source>
        <translation>Zagrożenia, które dzielą miejsce z innym: {}%</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="55"/>
        <source>%n hot cell(s) have half of their threats or more at one place.</source>
        <translation>
            <numerusform>%n komórka hot spotu ma co najmniej połowę swoich zagrożeń w jednym miejscu.</numerusform>
            <numerusform>%n komórki hot spotów mają co najmniej połowę swoich zagrożeń w jednym miejscu.</numerusform>
            <numerusform>%n komórek hot spotów ma co najmniej połowę swoich zagrożeń w jednym miejscu.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="55"/>
        <source>Run it again with places counted instead of threats, and compare.</source>
        <translation>Uruchom ponownie, licząc miejsca zamiast zagrożeń, i porównaj.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/threat_points.py" line="40"/>
        <source>The area that the filter looks at is empty: its areas, units and polygons have no boundary in the data, or do not meet. Choose another area.</source>
        <translation>Obszar, którego dotyczy filtr, jest pusty: jego obszary, jednostki i wieloboki nie mają granic w danych albo nie mają części wspólnej. Wybierz inny obszar.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="42"/>
        <source>Hot spot: many threats (99 %)</source>
        <translation>Hot spot: dużo zagrożeń (99%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="43"/>
        <source>Hot spot: many threats (95 %)</source>
        <translation>Hot spot: dużo zagrożeń (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="44"/>
        <source>Hot spot: many threats (90 %)</source>
        <translation>Hot spot: dużo zagrożeń (90%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="46"/>
        <source>Cold spot: few threats (90 %)</source>
        <translation>Cold spot: mało zagrożeń (90%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="47"/>
        <source>Cold spot: few threats (95 %)</source>
        <translation>Cold spot: mało zagrożeń (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="48"/>
        <source>Cold spot: few threats (99 %)</source>
        <translation>Cold spot: mało zagrożeń (99%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="15"/>
        <source>The service cannot be reached. Check the network and the connection&apos;s address; your decisions and meetings are kept and will be sent later.</source>
        <translation>Brak łączności z usługą. Sprawdź sieć i adres połączenia; Twoje decyzje i spotkania są zachowane i zostaną wysłane później.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="25"/>
        <source>The service did not answer in time. Your decisions and meetings are kept; try again later.</source>
        <translation>Usługa nie odpowiedziała na czas. Twoje decyzje i spotkania są zachowane; spróbuj później.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="132"/>
        <source>Your token has expired. Ask the service&apos;s administrator for a new one and enter it in the connection&apos;s authentication configuration; your decisions and meetings are kept.</source>
        <translation>Twój token wygasł. Poproś administratora usługi o nowy i wpisz go w konfiguracji uwierzytelniania połączenia; Twoje decyzje i spotkania są zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="168"/>
        <source>The service is busy or being prepared. Your decisions and meetings are kept; try again in a while.</source>
        <translation>Usługa jest zajęta lub dopiero się przygotowuje. Twoje decyzje i spotkania są zachowane; spróbuj za chwilę.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="31"/>
        <source>The local copy of the data is damaged. Synchronise to load it anew; your decisions and meetings are not affected.</source>
        <translation>Lokalna kopia danych jest uszkodzona. Zsynchronizuj, aby wczytać ją od nowa; nie wpływa to na Twoje decyzje i spotkania.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="112"/>
        <source>QGIS&apos;s password store is locked. Synchronise and give the master password; your decisions and meetings are kept.</source>
        <translation>Magazyn haseł QGIS jest zablokowany. Zsynchronizuj i podaj hasło główne; Twoje decyzje i spotkania są zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/options_page.py" line="149"/>
        <source>Load all data of “{}” anew from the service? Your decisions and meetings are kept.</source>
        <translation>Wczytać od nowa z usługi wszystkie dane połączenia „{}”? Twoje decyzje i spotkania zostaną zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="31"/>
        <source>Sends the decisions and meetings that wait and fetches what has changed at the service; the first time it loads the whole map. Without a window, QGIS reads the master password of its authentication store from the file that the environment variable QGIS_AUTH_PASSWORD_FILE names.</source>
        <translation>Wysyła czekające decyzje i spotkania oraz pobiera to, co zmieniło się w usłudze; za pierwszym razem wczytuje całą mapę. Bez okna QGIS czyta hasło główne magazynu uwierzytelnień z pliku, który wskazuje zmienna środowiskowa QGIS_AUTH_PASSWORD_FILE.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="208"/>
        <source>The service is newer than this version of the plugin. Update the plugin (Plugins, Manage and Install Plugins); the data on this computer, your decisions and meetings are kept.</source>
        <translation>Usługa jest nowsza niż ta wersja wtyczki. Zaktualizuj wtyczkę (Wtyczki, Zarządzanie wtyczkami); dane na tym komputerze, Twoje decyzje i spotkania są zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="218"/>
        <source>The service is older than this version of the plugin. Ask the service&apos;s administrator to update it; the data on this computer, your decisions and meetings are kept.</source>
        <translation>Usługa jest starsza niż ta wersja wtyczki. Poproś administratora usługi o jej aktualizację; dane na tym komputerze, Twoje decyzje i spotkania są zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="41"/>
        <source>The local copy of the data was made by another version of the plugin and is loaded anew with the next synchronisation; your decisions and meetings are not affected.</source>
        <translation>Lokalna kopia danych pochodzi z innej wersji wtyczki i zostanie wczytana na nowo przy następnej synchronizacji; nie dotyczy to Twoich decyzji i spotkań.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="58"/>
        <source>No near repeat: a threat does not make another one nearby and soon significantly more likely.</source>
        <translation>Brak bliskich powtórzeń: zagrożenie nie zwiększa istotnie prawdopodobieństwa kolejnego w pobliżu i wkrótce.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="68"/>
        <source>After a threat, another one at the same place within {} is {} times as likely as if days had nothing to do with places (p = {}).</source>
        <translation>Po zagrożeniu prawdopodobieństwo kolejnego w tym samym miejscu w ciągu {} jest {} raza większe, niż gdyby dni nie miały związku z miejscami (p = {}).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="72"/>
        <source>After a threat, another one within {} m and {} is {} times as likely as if days had nothing to do with places (p = {}).</source>
        <translation>Po zagrożeniu prawdopodobieństwo kolejnego w promieniu {} m i w ciągu {} jest {} raza większe, niż gdyby dni nie miały związku z miejscami (p = {}).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="46"/>
        <source>Near Repeats</source>
        <translation>Bliskie powtórzenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="96"/>
        <source>Test of Knox: pairs of threats by the distance and days between them, held against {} random orders of the days (seed {}). In each field: how many times the expected number there are; pairs there are, and expected; the probability by chance. Coloured: significant with 5 % false discoveries at most, and {} times or more.</source>
        <translation>Test Knoxa: pary zagrożeń według odległości i liczby dni między nimi, porównane z {} losowymi kolejnościami dni (ziarno {}). W każdym polu: ile razy więcej par jest, niż się oczekuje; liczba par i liczba oczekiwana; prawdopodobieństwo z przypadku. Pola kolorowe: istotne przy najwyżej 5% fałszywych odkryć i co najmniej {} raza więcej.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="102"/>
        <source>Several reports of the same thing are repeats too. Where the number of people or of reports changed in some places and not in others during the period, pairs look more frequent than they are.</source>
        <translation>Powtórzeniem jest też kilka zgłoszeń tej samej sprawy. Jeżeli w badanym okresie liczba ludzi lub zgłoszeń zmieniła się w jednych miejscach, a w innych nie, par jest pozornie więcej.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="49"/>
        <source>Says whether a threat makes another one nearby and soon more likely, how near and how soon: where patrols should look after a report. Pairs of the threats that a filter keeps are counted by the distance (in metres of PL-1992) and the days between them, pairs at one place apart (test of Knox). They are held against random orders of the days, so that places where there is always much do not count as repeats. With the same seed the result is the same. Choose one category: near repeats of different things mean little.</source>
        <translation>Pokazuje, czy po zagrożeniu prawdopodobne jest kolejne w pobliżu i wkrótce, jak blisko i jak szybko: gdzie po zgłoszeniu powinny zaglądać patrole. Pary zagrożeń wybranych filtrem są liczone według odległości (w metrach układu PL-1992) i liczby dni między nimi, a pary w tym samym miejscu osobno (test Knoxa). Porównuje się je z losowymi kolejnościami dni, więc miejsca, w których zawsze jest dużo zagrożeń, nie są powtórzeniami. To samo ziarno daje ten sam wynik. Wybierz jedną kategorię: powtórzenia różnych rzeczy niewiele znaczą.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="60"/>
        <source>Step of distance in metres</source>
        <translation>Krok odległości w metrach</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="60"/>
        <source>Number of distances</source>
        <translation>Liczba odległości</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="60"/>
        <source>Step of time in days</source>
        <translation>Krok czasu w dniach</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="60"/>
        <source>Number of times</source>
        <translation>Liczba kroków czasu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="60"/>
        <source>Random orders of the days</source>
        <translation>Losowe kolejności dni</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="60"/>
        <source>Seed of the random orders</source>
        <translation>Ziarno losowania</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="152"/>
        <source>Pairs by distance and days</source>
        <translation>Pary według odległości i dni</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="80"/>
        <source>Near repeats as a page</source>
        <translation>Bliskie powtórzenia jako strona</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="133"/>
        <source>Result in words</source>
        <translation>Wynik słowami</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="105"/>
        <source>A test of near repeats needs {} or more: widen the filter.</source>
        <translation>Do testu bliskich powtórzeń trzeba co najmniej {}: poszerz filtr.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="111"/>
        <source>All threats are of one day, so nothing can follow. Choose a longer period.</source>
        <translation>Wszystkie zagrożenia są z jednego dnia, więc nic nie może nastąpić po nich. Wybierz dłuższy okres.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/near_repeat.py" line="126"/>
        <source>{} pairs of threats are no more than {} m apart, and {} are the most that can be tested. Choose smaller distances, or a filter that keeps less.</source>
        <translation>{} par zagrożeń dzieli nie więcej niż {} m, a sprawdzić można najwyżej {}. Wybierz mniejsze odległości albo filtr, który zostawia mniej.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="127"/>
        <source>{} to {} days</source>
        <translation>{}–{} dni</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="129"/>
        <source>the same place</source>
        <translation>to samo miejsce</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="130"/>
        <source>{} to {} m</source>
        <translation>{}–{} m</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="63"/>
        <source>New site</source>
        <translation>Nowa lokalizacja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="63"/>
        <source>Existing site</source>
        <translation>Istniejąca lokalizacja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="123"/>
        <source>Mean distance (km)</source>
        <translation>Średnia odległość (km)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="86"/>
        <source>Threats within {} km</source>
        <translation>Zagrożenia w promieniu {} km</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="86"/>
        <source>Threats farther than {} km</source>
        <translation>Zagrożenia dalej niż {} km</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="56"/>
        <source>Siting of Stations and Posts</source>
        <translation>Lokalizacja komisariatów i posterunków</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="59"/>
        <source>Says where new police stations or posts would serve the threats that a filter keeps best, beside the units that there are, by criteria that can be shown: the mean distance (p-median) or the share of threats within a radius (maximal covering). Candidates are communes, a grid, or the points of a layer, such as buildings that are free. The result ranks the sites by what each brings, gives distances before and after, and says how much better any other choice could be at most. Distances are straight lines (in metres of PL-1992) times a factor for roads; they know nothing of rivers, traffic, or the number of officers. It is one criterion of a decision.</source>
        <translation>Wskazuje, gdzie nowe komisariaty lub posterunki najlepiej obsłużyłyby zagrożenia wybrane filtrem, z uwzględnieniem istniejących jednostek, według kryteriów, które można pokazać: średniej odległości (p-mediana) albo odsetka zagrożeń w promieniu (maksymalne pokrycie). Kandydatami są gminy, siatka albo punkty warstwy, na przykład wolne budynki. Wynik szereguje lokalizacje według korzyści, podaje odległości przed i po oraz to, o ile najwyżej lepszy mógłby być jakikolwiek inny wybór. Odległości to linie proste (w metrach układu PL-1992) pomnożone przez współczynnik dróg; nie uwzględniają rzek, ruchu ani liczby policjantów. To jedno z kryteriów decyzji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Aim</source>
        <translation>Cel</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Number of new sites</source>
        <translation>Liczba nowych lokalizacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Radius in kilometres</source>
        <translation>Promień w kilometrach</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Candidates</source>
        <translation>Kandydaci</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Communes (the smallest areas of the data)</source>
        <translation>Gminy (najmniejsze obszary w danych)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>A grid</source>
        <translation>Siatka</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Points of a layer</source>
        <translation>Punkty warstwy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Layer of candidates</source>
        <translation>Warstwa kandydatów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Field with the candidates&apos; names</source>
        <translation>Pole z nazwami kandydatów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Seats of police units serve threats already</source>
        <translation>Siedziby jednostek już obsługują zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="148"/>
        <source>Sites</source>
        <translation>Lokalizacje</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="148"/>
        <source>Threats and their site</source>
        <translation>Zagrożenia i ich lokalizacja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="148"/>
        <source>Criteria before and after</source>
        <translation>Kryteria przed i po</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="132"/>
        <source>How much better another choice could be (%)</source>
        <translation>O ile lepszy mógłby być inny wybór (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="218"/>
        <source>Siting needs {} or more that weigh something: widen the filter.</source>
        <translation>Do wyboru lokalizacji trzeba co najmniej {} o wadze większej od zera: poszerz filtr.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="225"/>
        <source>Threats were put together in squares of {} m.</source>
        <translation>Zagrożenia połączono w kwadraty o boku {} m.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="238"/>
        <source>No police unit of the data has a seat, so all sites are new.</source>
        <translation>Żadna jednostka Policji w danych nie ma siedziby, więc wszystkie lokalizacje są nowe.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="270"/>
        <source>Choose the layer of candidates.</source>
        <translation>Wybierz warstwę kandydatów.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="122"/>
        <source>Number of sites</source>
        <translation>Liczba lokalizacji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="123"/>
        <source>Half of the threats are no farther than (km)</source>
        <translation>Połowa zagrożeń nie dalej niż (km)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="123"/>
        <source>95 % of the threats are no farther than (km)</source>
        <translation>95% zagrożeń nie dalej niż (km)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="123"/>
        <source>Farthest threat (km)</source>
        <translation>Najdalsze zagrożenie (km)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="123"/>
        <source>Threats within {} km (%)</source>
        <translation>Zagrożenia w promieniu {} km (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="152"/>
        <source>No other choice of candidates covers more by over {} percentage points.</source>
        <translation>Żaden inny wybór spośród kandydatów nie obejmuje więcej o ponad {} punktu procentowego.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="154"/>
        <source>No other choice of candidates has a mean distance that is shorter by over {} %.</source>
        <translation>Żaden inny wybór spośród kandydatów nie ma średniej odległości mniejszej o ponad {}%.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="155"/>
        <source>New sites: {}.</source>
        <translation>Nowe lokalizacje: {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="155"/>
        <source>Mean distance: {} km before, {} km after.</source>
        <translation>Średnia odległość: przed {} km, po {} km.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="155"/>
        <source>Threats within {} km: {} % before, {} % after.</source>
        <translation>Zagrożenia w promieniu {} km: przed {}%, po {}%.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="76"/>
        <source>The catalogue has no category “{}”. Write weights like speeding=2, vandalism=0.5</source>
        <translation>Katalog nie ma kategorii „{}”. Wagi zapisuje się jak speeding=2, vandalism=0.5</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="86"/>
        <source>The weight of “{}” is not a number from 0 on: {}</source>
        <translation>Waga kategorii „{}” nie jest liczbą od 0 wzwyż: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="115"/>
        <source>The data have no police unit of this kind: {}. They have: {}</source>
        <translation>W danych nie ma jednostki Policji tego rodzaju: {}. Są: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="241"/>
        <source>There would be {} candidates, and {} are the most. Choose fewer, farther apart, or a smaller area.</source>
        <translation>Kandydatów byłoby {}, a może być najwyżej {}. Wybierz mniej, rzadziej rozmieszczonych, albo mniejszy obszar.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="155"/>
        <source>Distances are straight lines times {}.</source>
        <translation>Odległości to linie proste pomnożone przez {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="65"/>
        <source>No cell has significantly more or fewer threats than chance explains (95 %).</source>
        <translation>Żadna komórka nie ma istotnie więcej ani mniej zagrożeń, niż tłumaczy przypadek (95%).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="66"/>
        <source>Significant (95 %): {}, {}.</source>
        <translation>Istotne (95%): {}, {}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="66"/>
        <source>%n hot cell(s)</source>
        <translation>
            <numerusform>%n komórka hot spotu</numerusform>
            <numerusform>%n komórki hot spotów</numerusform>
            <numerusform>%n komórek hot spotów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="66"/>
        <source>%n cold cell(s)</source>
        <translation>
            <numerusform>%n komórka cold spotu</numerusform>
            <numerusform>%n komórki cold spotów</numerusform>
            <numerusform>%n komórek cold spotów</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="90"/>
        <source>QGIS could not sign in with the connection&apos;s authentication configuration. Check it in QGIS (Options, Authentication), or choose another one in the connection; your decisions and meetings are kept.</source>
        <translation>QGIS nie może zalogować się konfiguracją uwierzytelniania tego połączenia. Sprawdź ją w QGIS (Opcje, Uwierzytelnianie) albo wybierz w połączeniu inną; Twoje decyzje i spotkania są zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="101"/>
        <source>You are not signed in: the sign-in was refused, not finished in the browser, or its server could not be reached. Synchronise to sign in again; if that does not help, check the connection&apos;s authentication configuration. Your decisions and meetings are kept.</source>
        <translation>Nie zalogowano: logowanie odrzucono, nie dokończono go w przeglądarce albo serwer logowania jest niedostępny. Zsynchronizuj, aby zalogować się ponownie; jeśli to nie pomoże, sprawdź konfigurację uwierzytelniania połączenia. Twoje decyzje i spotkania są zachowane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/dressing.py" line="59"/>
        <source>QGIS cannot open the result again, so its colours are not written.</source>
        <translation>QGIS nie może ponownie otworzyć wyniku, więc kolory nie zostały zapisane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="113"/>
        <source>Your earlier decision about this report was not accepted, and this one stands on it. Look at the report and decide again.</source>
        <translation>Wcześniejsza decyzja w sprawie tego zgłoszenia nie została przyjęta, a ta się na niej opiera. Obejrzyj zgłoszenie i zdecyduj ponownie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="82"/>
        <source>The address can be entered in QGIS&apos;s options, under KMZB; it is not there yet.</source>
        <translation>Adres można wpisać w opcjach QGIS, w części KMZB; nie ma go tam jeszcze.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="28"/>
        <source>Whom to ask about the map; it stands in “About KMZB”</source>
        <translation>Kogo pytać o mapę; adres jest w oknie „O KMZB”</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/desk_options.py" line="43"/>
        <source>Coordinator&apos;s e-&amp;mail</source>
        <translation>Adres e-&amp;mail koordynatora</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="32"/>
        <source>Ana&amp;lysis</source>
        <translation>&amp;Analizy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="37"/>
        <source>&amp;Hotspots…</source>
        <translation>&amp;Hot spoty…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="37"/>
        <source>&amp;Near Repeats…</source>
        <translation>&amp;Bliskie powtórzenia…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="37"/>
        <source>&amp;Siting of Stations and Posts…</source>
        <translation>&amp;Lokalizacja komisariatów i posterunków…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="53"/>
        <source>For the threats that the filter panel keeps now</source>
        <translation>Dla zagrożeń, które teraz wybiera panel filtra</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="53"/>
        <source>No data are open yet: choose a connection under Connections… first.</source>
        <translation>Nie otwarto jeszcze żadnych danych: najpierw wybierz połączenie (polecenie Połączenia…).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="71"/>
        <source>This needs QGIS's own plugin Processing, which is switched off. Check it under Plugins ▸ Manage and Install Plugins… ▸ Installed, then try again.</source>
        <translation>Do tego potrzebna jest własna wtyczka QGIS o nazwie Processing, która jest wyłączona. Zaznacz ją w Wtyczki ▸ Zarządzaj wtyczkami… ▸ Zainstalowane i spróbuj ponownie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_widget.py" line="73"/>
        <source>Filter given as text</source>
        <translation>Filtr podany jako tekst</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_widget.py" line="94"/>
        <source>All threats</source>
        <translation>Wszystkie zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_widget.py" line="96"/>
        <source>Filter of the panel</source>
        <translation>Filtr z panelu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="37"/>
        <source>Filter (empty for all threats)</source>
        <translation>Filtr (pusty – wszystkie zagrożenia)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="38"/>
        <source>The name of a saved filter, or a filter as JSON</source>
        <translation>Nazwa zapisanego filtra albo filtr jako JSON</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="216"/>
        <source>{}: “{}” is not a number.</source>
        <translation>{}: „{}” nie jest liczbą.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/algorithm.py" line="220"/>
        <source>{}: {} is not from {} to {}.</source>
        <translation>{}: {} nie mieści się w zakresie od {} do {}.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/cells.py" line="48"/>
        <source>Choose an area in which there are some.</source>
        <translation>Wybierz obszar, w którym jakieś są.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="228"/>
        <source>There are fewer candidates ({}) than sites wanted ({}). Choose other candidates, such as a grid, a larger area, or fewer sites.</source>
        <translation>Kandydatów ({}) jest mniej niż szukanych lokalizacji ({}). Wybierz innych kandydatów, na przykład siatkę, większy obszar albo mniej lokalizacji.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="150"/>
        <source>No other choice of candidates is better.</source>
        <translation>Żaden inny wybór spośród kandydatów nie jest lepszy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_result.py" line="171"/>
        <source>No threat is nearer to {} than to another site. Choose fewer sites or other candidates.</source>
        <translation>Żadne zagrożenie nie jest bliżej lokalizacji {} niż innej. Wybierz mniej lokalizacji albo innych kandydatów.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="179"/>
        <source>The layer of candidates has no coordinate system, so nobody knows where its points are. Set it in the layer&apos;s properties under Source.</source>
        <translation>Warstwa kandydatów nie ma układu współrzędnych, więc nie wiadomo, gdzie leżą jej punkty. Ustaw go we właściwościach warstwy w zakładce Źródło.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="187"/>
        <source>The layer of candidates has no field “{}”. It has: {}</source>
        <translation>Warstwa kandydatów nie ma pola „{}”. Ma: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="209"/>
        <source>No point of the layer of candidates lies in Poland. Check the coordinate system in the layer&apos;s properties under Source.</source>
        <translation>Żaden punkt warstwy kandydatów nie leży w Polsce. Sprawdź układ współrzędnych we właściwościach warstwy w zakładce Źródło.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="216"/>
        <source>%n row(s) of the layer of candidates have no place in Poland and are left out.</source>
        <translation>
            <numerusform>%n wiersz warstwy kandydatów nie ma miejsca w Polsce i został pominięty.</numerusform>
            <numerusform>%n wiersze warstwy kandydatów nie mają miejsca w Polsce i zostały pominięte.</numerusform>
            <numerusform>%n wierszy warstwy kandydatów nie ma miejsca w Polsce i zostało pominiętych.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outside.py" line="18"/>
        <source>This computer has no program that opens {}</source>
        <translation>Ten komputer nie ma programu, który otwiera: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/saved_filters.py" line="154"/>
        <source>The filters saved before cannot be read by this version; they are kept in {}</source>
        <translation>Ta wersja nie może odczytać filtrów zapisanych wcześniej; zachowano je w pliku {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Distance from (m)</source>
        <translation>Odległość od (m)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Distance to (m)</source>
        <translation>Odległość do (m)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Days from</source>
        <translation>Dni od</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Days to</source>
        <translation>Dni do</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Pairs</source>
        <translation>Pary</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Pairs expected</source>
        <translation>Oczekiwane pary</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="18"/>
        <source>Times the expected</source>
        <translation>Krotność oczekiwanej liczby</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="67"/>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="37"/>
        <source>Criterion</source>
        <translation>Kryterium</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="37"/>
        <source>Before</source>
        <translation>Przed</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/analysis_tables.py" line="37"/>
        <source>After</source>
        <translation>Po</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="64"/>
        <source>Threats that share their place (%)</source>
        <translation>Zagrożenia dzielące miejsce (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="66"/>
        <source>z (Gi*)</source>
        <translation>z (Gi*)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/hotspots.py" line="69"/>
        <source>Class</source>
        <translation>Klasa</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="53"/>
        <source>Rank</source>
        <translation>Kolejność</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="56"/>
        <source>Threats served, by weight</source>
        <translation>Obsługiwane zagrożenia, według wagi</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="59"/>
        <source>Mean distance of all threats with it (km)</source>
        <translation>Średnia odległość wszystkich zagrożeń z tą lokalizacją (km)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="60"/>
        <source>Threats within the radius with it (%)</source>
        <translation>Zagrożenia w promieniu z tą lokalizacją (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="95"/>
        <source>Site</source>
        <translation>Lokalizacja</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="95"/>
        <source>Threats, by weight</source>
        <translation>Zagrożenia, według wagi</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="95"/>
        <source>Distance (km)</source>
        <translation>Odległość (km)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="95"/>
        <source>Within {} km</source>
        <translation>W promieniu {} km</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/sites.py" line="105"/>
        <source>yes</source>
        <translation>tak</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Codes of areas (TERYT)</source>
        <translation>Kody obszarów (TERYT)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Separated by commas</source>
        <translation>Oddzielone przecinkami</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/filter_parameters.py" line="40"/>
        <source>Codes of police units</source>
        <translation>Kody jednostek Policji</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/cell_parameters.py" line="39"/>
        <source>Width of a cell (m)</source>
        <translation>Szerokość komórki (m)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="69"/>
        <source>Empty: such that a cell has two threats on average</source>
        <translation>Puste: taka, że na komórkę przypadają średnio dwa zagrożenia</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="80"/>
        <source>Probabilities of the normal distribution</source>
        <translation>Prawdopodobieństwa z rozkładu normalnego</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/hotspots.py" line="80"/>
        <source>As in other programs, to compare with them</source>
        <translation>Jak w innych programach, do porównania z nimi</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Shortest mean distance</source>
        <translation>Najmniejsza średnia odległość</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Most threats within the radius</source>
        <translation>Najwięcej zagrożeń w promieniu</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Spacing of the grid (m)</source>
        <translation>Odstęp siatki (m)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Empty: such that there are about 1,000 points</source>
        <translation>Puste: taki, że punktów jest około 1000</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Kinds of these units</source>
        <translation>Rodzaje tych jednostek</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Separated by commas, empty for all</source>
        <translation>Oddzielone przecinkami, puste: wszystkie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Weights of categories</source>
        <translation>Wagi kategorii</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Such as speeding=2, vandalism=0.5; 1 for all others</source>
        <translation>Na przykład przekraczanie dozwolonej prędkości=2; akty wandalizmu=0,5; pozostałe mają 1</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>Factor for roads</source>
        <translation>Współczynnik dróg</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="73"/>
        <source>How many times as long as the straight line a way is</source>
        <translation>Ile razy droga jest dłuższa od linii prostej</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="225"/>
        <source>← folds the group of the report that is chosen, → unfolds all groups</source>
        <translation>← zwija grupę wybranego zgłoszenia, → rozwija wszystkie grupy</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="142"/>
        <source>Not settled yet: {}. Without the connection they are not sent.</source>
        <translation>Jeszcze niezałatwione: {}. Bez tego połączenia nie zostaną wysłane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="144"/>
        <source>Your note: {}</source>
        <translation>Twoja notatka: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="229"/>
        <source>{} is no longer in the data: it was removed, or you may no longer see it.</source>
        <translation>{}: tego zgłoszenia nie ma już w danych. Usunięto je albo nie masz już do niego dostępu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="162"/>
        <source>No category has “{}” in its name. Clear the search to see all.</source>
        <translation>Żadna kategoria nie ma w nazwie „{}”. Wyczyść wyszukiwanie, aby zobaczyć wszystkie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/place_parts.py" line="24"/>
        <source>No area has “{}” in its name or code. Clear the search to see all.</source>
        <translation>Żaden obszar nie ma w nazwie ani w kodzie „{}”. Wyczyść wyszukiwanie, aby zobaczyć wszystkie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/place_parts.py" line="64"/>
        <source>No unit has “{}” in its name or code. Clear the search to see all.</source>
        <translation>Żadna jednostka nie ma w nazwie ani w kodzie „{}”. Wyczyść wyszukiwanie, aby zobaczyć wszystkie.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/analysis_menu.py" line="37"/>
        <source>&amp;Compare Two Periods…</source>
        <translation>&amp;Porównanie dwóch okresów…</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="45"/>
        <source>Significant rise (95 %)</source>
        <translation>Istotny wzrost (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="46"/>
        <source>Rise, not beyond chance</source>
        <translation>Wzrost w granicach przypadku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="47"/>
        <source>As many as before, or none</source>
        <translation>Tyle co przedtem albo nic</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="48"/>
        <source>Fall, not beyond chance</source>
        <translation>Spadek w granicach przypadku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="49"/>
        <source>Significant fall (95 %)</source>
        <translation>Istotny spadek (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="52"/>
        <source>Significantly more than the whole&apos;s change gives (95 %)</source>
        <translation>Istotnie więcej, niż wynika ze zmiany całości (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="53"/>
        <source>More than the whole&apos;s change gives, not beyond chance</source>
        <translation>Więcej, niż wynika ze zmiany całości, w granicach przypadku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="54"/>
        <source>As the whole, or none</source>
        <translation>Tak jak całość albo nic</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="55"/>
        <source>Fewer than the whole&apos;s change gives, not beyond chance</source>
        <translation>Mniej, niż wynika ze zmiany całości, w granicach przypadku</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="56"/>
        <source>Significantly fewer than the whole&apos;s change gives (95 %)</source>
        <translation>Istotnie mniej, niż wynika ze zmiany całości (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="107"/>
        <source>Threats in the earlier period</source>
        <translation>Zagrożenia w okresie wcześniejszym</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="108"/>
        <source>Threats in the later period</source>
        <translation>Zagrożenia w okresie późniejszym</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="83"/>
        <source>Expected in the later period</source>
        <translation>Oczekiwane w okresie późniejszym</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="84"/>
        <source>More or fewer than expected</source>
        <translation>Więcej lub mniej, niż oczekiwano</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="85"/>
        <source>More or fewer than expected (%)</source>
        <translation>Więcej lub mniej, niż oczekiwano (%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="54"/>
        <source>Compare the period with</source>
        <translation>Porównaj okres z</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="54"/>
        <source>As many days directly before it</source>
        <translation>Tyloma dniami bezpośrednio przed nim</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="54"/>
        <source>The same days a year before</source>
        <translation>Tymi samymi dniami rok wcześniej</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="86"/>
        <source>A comparison needs a period with a first and a last day, and the filter has none. Choose a period, or a first and a last day.</source>
        <translation>Porównanie wymaga okresu z pierwszym i ostatnim dniem, a filtr go nie ma. Wybierz okres albo pierwszy i ostatni dzień.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="95"/>
        <source>The earlier period ({}) has to end before the later one ({}) begins.</source>
        <translation>Okres wcześniejszy ({}) musi się skończyć, zanim zacznie się późniejszy ({}).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="124"/>
        <source>There is no such period before {}: choose a later one.</source>
        <translation>Przed okresem {} nie ma takiego okresu: wybierz późniejszy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="135"/>
        <source>No threat of the filter lies in the later period ({}).</source>
        <translation>W okresie późniejszym ({}) filtr nie wybiera żadnego zagrożenia.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="135"/>
        <source>No threat of the filter lies in the earlier period ({}).</source>
        <translation>W okresie wcześniejszym ({}) filtr nie wybiera żadnego zagrożenia.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="140"/>
        <source>Choose another period, or a filter that keeps more threats.</source>
        <translation>Wybierz inny okres albo filtr, który wybiera więcej zagrożeń.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="180"/>
        <source>The earlier period begins on {}, and the oldest threat of this filter is of {}. If there are no data before, what looks like a rise is none: choose periods that have data throughout.</source>
        <translation>Okres wcześniejszy zaczyna się {}, a najstarsze zagrożenie tego filtra jest z {}. Jeżeli wcześniej nie ma danych, to, co wygląda na wzrost, nim nie jest: wybierz okresy, które w całości mają dane.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="189"/>
        <source>The later period ends on {}, and the data are of {}: what came afterwards is missing in them, so the later period looks smaller than it is.</source>
        <translation>Okres późniejszy kończy się {}, a dane są z {}: brakuje w nich tego, co wpłynęło potem, więc okres późniejszy wygląda na mniejszy, niż jest.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="196"/>
        <source>The periods have {} and {} days, so numbers are compared by day.</source>
        <translation>Okresy mają {} i {} dni, więc liczby są porównywane w przeliczeniu na dzień.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="202"/>
        <source>The filter goes by status or deadline, and fresh reports are often not decided yet: the periods differ for that reason too. With “confirmed” the later one looks smaller than it will be. Take all statuses to be sure.</source>
        <translation>Filtr zależy od statusu lub terminu, a świeże zgłoszenia często nie są jeszcze rozstrzygnięte: okresy różnią się także z tego powodu. Przy „Potwierdzone” okres późniejszy wygląda na mniejszy, niż będzie. Dla pewności weź wszystkie statusy.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="174"/>
        <source>The data have no places of this kind with threats in them. Choose other places.</source>
        <translation>W danych nie ma miejsc tego rodzaju, w których są zagrożenia. Wybierz inne miejsca.</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="178"/>
        <source>%n threat(s) belong to no place of this kind and are not counted.</source>
        <translation>
            <numerusform>%n zagrożenie nie należy do żadnego miejsca tego rodzaju i nie jest liczone.</numerusform>
            <numerusform>%n zagrożenia nie należą do żadnego miejsca tego rodzaju i nie są liczone.</numerusform>
            <numerusform>%n zagrożeń nie należy do żadnego miejsca tego rodzaju i nie jest liczonych.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="229"/>
        <source>%n place(s) with a rise have half of their threats or more at one spot.</source>
        <translation>
            <numerusform>%n miejsce ze wzrostem ma co najmniej połowę swoich zagrożeń w jednym punkcie.</numerusform>
            <numerusform>%n miejsca ze wzrostem mają co najmniej połowę swoich zagrożeń w jednym punkcie.</numerusform>
            <numerusform>%n miejsc ze wzrostem ma co najmniej połowę swoich zagrożeń w jednym punkcie.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="229"/>
        <source>Many reports of one thing look like a rise: look at them before you speak of one.</source>
        <translation>Wiele zgłoszeń jednej sprawy wygląda na wzrost: obejrzyj je, zanim powiesz o wzroście.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="64"/>
        <source>Compare Two Periods</source>
        <translation>Porównanie dwóch okresów</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="87"/>
        <source>Question</source>
        <translation>Pytanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="87"/>
        <source>Did a place change at all?</source>
        <translation>Czy miejsce w ogóle się zmieniło?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="87"/>
        <source>Did it change otherwise than the whole?</source>
        <translation>Czy zmieniło się inaczej niż całość?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="101"/>
        <source>Comparison</source>
        <translation>Porównanie</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="109"/>
        <source>Places with a significant rise (95 %)</source>
        <translation>Miejsca z istotnym wzrostem (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="110"/>
        <source>Places with a significant fall (95 %)</source>
        <translation>Miejsca z istotnym spadkiem (95%)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="123"/>
        <source>Compared with: {}</source>
        <translation>Porównanie z okresem: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="224"/>
        <source>{} %</source>
        <translation>{}%</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="224"/>
        <source>{} % by day</source>
        <translation>{}% w przeliczeniu na dzień</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="226"/>
        <source>Threats in {}: {}, in {}: {} ({}, {}).</source>
        <translation>Zagrożenia w okresie {}: {}, w okresie {}: {} ({}, {}).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="243"/>
        <source>No place changed otherwise than the whole by more than chance explains (95 %).</source>
        <translation>Żadne miejsce nie zmieniło się inaczej niż całość bardziej, niż tłumaczy przypadek (95%).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="244"/>
        <source>No place changed by more than chance explains (95 %).</source>
        <translation>Żadne miejsce nie zmieniło się bardziej, niż tłumaczy przypadek (95%).</translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="246"/>
        <source>%n place(s) with more than the whole&apos;s change gives</source>
        <translation>
            <numerusform>%n miejsce, w którym jest więcej, niż wynika ze zmiany całości</numerusform>
            <numerusform>%n miejsca, w których jest więcej, niż wynika ze zmiany całości</numerusform>
            <numerusform>%n miejsc, w których jest więcej, niż wynika ze zmiany całości</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="246"/>
        <source>%n with fewer</source>
        <translation>
            <numerusform>%n, w którym jest mniej</numerusform>
            <numerusform>%n, w których jest mniej</numerusform>
            <numerusform>%n, w których jest mniej</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="250"/>
        <source>%n place(s) with a rise</source>
        <translation>
            <numerusform>%n miejsce ze wzrostem</numerusform>
            <numerusform>%n miejsca ze wzrostem</numerusform>
            <numerusform>%n miejsc ze wzrostem</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="250"/>
        <source>%n place(s) with a fall</source>
        <translation>
            <numerusform>%n miejsce ze spadkiem</numerusform>
            <numerusform>%n miejsca ze spadkiem</numerusform>
            <numerusform>%n miejsc ze spadkiem</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="62"/>
        <source>Earlier period from</source>
        <translation>Okres wcześniejszy od</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="62"/>
        <source>Earlier period to</source>
        <translation>Okres wcześniejszy do</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="66"/>
        <source>Both days take the place of what is chosen above</source>
        <translation>Oba dni zastępują wybór powyżej</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="116"/>
        <source>The earlier period needs both its first and its last day, or neither of them.</source>
        <translation>Okres wcześniejszy wymaga podania pierwszego i ostatniego dnia albo żadnego z nich.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="146"/>
        <source>Larger places, or longer periods, show smaller differences.</source>
        <translation>Większe miejsca lub dłuższe okresy pokazują mniejsze różnice.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="81"/>
        <source>Spots in the earlier period</source>
        <translation>Punkty w okresie wcześniejszym</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/comparison.py" line="82"/>
        <source>Spots in the later period</source>
        <translation>Punkty w okresie późniejszym</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_periods.py" line="155"/>
        <source>Spots can be counted in periods of the same length, and these have {} and {} days: the longer a period is, the more threats share a spot. Choose other days, or count threats.</source>
        <translation>Punkty można liczyć w okresach tej samej długości, a te mają {} i {} dni: im dłuższy okres, tym więcej zagrożeń dzieli ten sam punkt. Wybierz inne dni albo licz zagrożenia.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="214"/>
        <source>{} % of the threats lie where another one of the same period lies. If they tell of one thing, chance makes greater differences than the test knows, and too many places are called significant.</source>
        <translation>{}% zagrożeń leży tam, gdzie inne zagrożenie z tego samego okresu. Jeżeli mówią o tym samym, przypadek daje większe różnice, niż zakłada test, i zbyt wiele miejsc uchodzi za istotne.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="214"/>
        <source>Run it again with each spot counted once, and compare.</source>
        <translation>Uruchom ponownie, licząc każdy punkt tylko raz, i porównaj.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="67"/>
        <source>Says where things got worse or better since an earlier period, and where the difference is more than chance. The threats that a filter keeps are counted by place in the filter&apos;s period and in the earlier one, and each place is tested: of its threats of both periods, do more or fewer lie in the later one than its length says, or than the threats of all places together say (exact binomial test)? As many places are tested at once, the false discovery rate (Benjamini and Hochberg) is held: of the rises and falls called significant no more than 5 % are expected to be so by chance. Percent has no value where there was nothing before. Threats are taken to be independent: many reports of one thing look like a rise, unless each spot is counted once. That more is reported need not mean that more happens.</source>
        <translation>Pokazuje, gdzie od wcześniejszego okresu jest gorzej lub lepiej i gdzie różnica jest większa niż przypadek. Zagrożenia wybrane filtrem są liczone według miejsc w okresie filtra i w okresie wcześniejszym, a każde miejsce jest sprawdzane: czy z jego zagrożeń z obu okresów na późniejszy przypada więcej lub mniej, niż wynika z jego długości albo z zagrożeń wszystkich miejsc razem (dokładny test dwumianowy)? Ponieważ sprawdza się naraz wiele miejsc, ograniczany jest odsetek fałszywych odkryć (metoda Benjaminiego i Hochberga): ze wzrostów i spadków uznanych za istotne najwyżej 5% powinno być takimi z przypadku. Procent nie ma wartości tam, gdzie przedtem nic nie było. Zakłada się, że zagrożenia są od siebie niezależne: wiele zgłoszeń jednej sprawy wygląda na wzrost, chyba że każdy punkt liczy się tylko raz. Więcej zgłoszeń nie musi znaczyć, że więcej się dzieje.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="86"/>
        <source>Empty: such that a cell has twenty threats on average</source>
        <translation>Puste: taka, że na komórkę przypada średnio dwadzieścia zagrożeń</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="95"/>
        <source>Count each spot once</source>
        <translation>Licz każdy punkt tylko raz</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="95"/>
        <source>However many threats a period has there (to a metre)</source>
        <translation>Niezależnie od tego, ile zagrożeń w nim leży w danym okresie (z dokładnością do metra)</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="149"/>
        <source>{} compared with {}</source>
        <translation>{} w porównaniu z {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="228"/>
        <source>Spots with threats in {}: {}, in {}: {} ({}, {}).</source>
        <translation>Punkty z zagrożeniami w okresie {}: {}, w okresie {}: {} ({}, {}).</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="26"/>
        <source>Drafts {}</source>
        <translation>Szkice: {}</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/verification_dock.py" line="267"/>
        <source>You had begun to write about {}; that is shown. Discard it to begin anew.</source>
        <translation>O zgłoszeniu {} zaczęto już pisać; pokazano ten szkic. Aby zacząć od nowa, usuń go.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="229"/>
        <source>The report is no longer in the data: it was removed, or you may no longer see it.</source>
        <translation>Tego zgłoszenia nie ma już w danych. Usunięto je albo nie masz już do niego dostępu.</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="261"/>
        <source>Throw away what you have written?</source>
        <translation>Usunąć to, co napisano?</translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="262"/>
        <source>Discard Draft</source>
        <translation>Usuń szkic</translation>
    </message>
</context>
</TS>
