package main

// German texts put compounds together, so that few words make many.
const (
	germanNouns = `Kunde|Preis|Werkzeug|Vertrag|Reparatur|Lieferung|Prüfung|Übergabe|Gewährleistung|Rückgabe|Wartung|Schulung|Bestellung|Größe|Maßnahme|Straße|Gebäude|Gerät|Händler|Käufer|Bedürfnis|Lösung|Änderung|Störung|Ausfall|Lager|Termin|Angebot|Rechnung|Baustelle|Werkstatt|Maschine|Anlage|Leistung|Qualität|Sicherheit|Zuverlässigkeit|Öffnung|Verfügbarkeit|Förderung|Zubehör|Ersatzteil|Kühlung|Heizung|Brücke|Gehäuse|Getriebe|Dichtung|Schlüssel|Fräse|Bohrer|Säge|Kabel|Pumpe|Ventil|Sensor|Motor|Akku|Prüfstand|Messwert|Grenzwert|Vergleich|Nachweis|Kennzahl|Gespräch|Besuch|Entscheidung|Freigabe|Genehmigung|Ausschreibung|Zuschlag|Rabatt|Nachlass|Zahlung|Mahnung|Kündigung|Verlängerung`
	germanHeads = `plan|liste|kosten|dienst|bericht|termin|stelle|karte|frist|quote|menge|wert|art|fall|regel|prüfung|vertrag|mappe|bogen|team|leiter|zeit|grund|ziel|stand|weg`
	germanVerbs = `zeigen|prüfen|messen|vergleichen|klären|übergeben|erklären|vereinbaren|bestätigen|aufnehmen|überprüfen|führen|gewähren|verkürzen|erhöhen|schützen|lösen|ändern|kürzen|wählen`
	germanGlue  = `mit der|vor der|nach dem|für den|ohne die|in der|auf der|bei dem|und die|oder den|gegen die|über die|zur|zum|aus dem|von der`

	japaneseNouns = `顧客|価格|工具|契約|修理|納品|検査|引渡|保証|返品|保守|研修|発注|在庫|監査|倉庫|現場|機械|部品|設備|品質|安全|信頼性|稼働率|停止時間|交換|貸出|更新|見積|請求書|予算|決裁者|購買部|責任者|作業員|技術者|担当者|会議|訪問|報告書|記録|指標|目標|期限|期間|数量|単価|割引|値引|手数料|運賃|通関|税率|為替|支払|信用枠|解約|延長|入札|提案|競合|代替案|根拠|事例|効果|損失|節約|故障|不具合|事故|災害|停電|断水|配管|配線|電池|充電器|電動機|歯車|軸受|弁|計測器|校正|証明書|規格|規制|病院|工場|研究所|学校|空港|港湾|鉄道|橋梁|農場|食品|薬品|塗料|樹脂|繊維|硝子|木材|鋼材|四半期|月次|週次|年度末|繁忙期|夜勤|休日|新規|既存|地域|支店|代理店|窓口|電話|画面|システム|データ|センサー|ポンプ|フィルター|ケーブル|バルブ|モーター|ドリル|レンチ|パネル|タンク|トラック|クレーン|コスト|リスク|サンプル|テスト|リスト|プラン|レポート`
	japaneseLinks = `の|の|の|と|を含む|に関する|ごとの|による|のための|向け|前の|後の|別の`
	japaneseVerbs = `を確認する|を記録する|を比較する|を説明する|を提示する|を測定する|を共有する|を依頼する|を見直す|を合意する|を準備する|を報告する|を計算する|を交渉する|を整理する|を検討する`
	japaneseOpens = `最初に|毎週|毎月|契約前に|訪問時に|四半期ごとに|現場で|必ず|早めに|顧客と一緒に|担当者と|書面で`
)
