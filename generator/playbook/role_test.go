package playbook

import (
	"testing"

	"plumb/generator/config"
)

// words returns the words of a language, as of a site without settings.
func words(t *testing.T, lang string) *Words {
	t.Helper()
	v, list := NewVocabulary(config.New())
	if len(list) > 0 {
		t.Fatal(list)
	}
	return v.For(lang)
}

var roleHeadings = map[string]struct{ roles, others []string }{
	"en": {
		roles: []string{"Account manager", "Field Engineers", "SDR", "Enterprise AEs", "Customer support representative", "Head of sales", "VP of Sales", "Inside sales (EMEA)", "Deal desk", "Team lead", "3. Sales specialist", "Solutions architect", "Call-centre agent"},
		others: []string{
			"Enterprise accounts", "Warm leads", "Inbound lead", "Week 1", "9 AM", "Daily at 9 am", "Engage the economic buyer", "Economic buyer", "Channel partners", "Before the first meeting",
			"Call executives", "Multithread executives", "How do we brief managers?", "Stage 2: specialist", "Best seller", "“Ask my manager”", "Key accounts", "Strategy", "Same", "A good manager",
		},
	},
	"de": {
		roles: []string{"Kundenberaterin", "Kundenberater:in", "Key-Account-Manager (m/w/d)", "Leiter Vertrieb", "Vertriebsleitung", "Innendienst", "Außendienstmitarbeiter", "Servicetechniker*innen", "Verkäufer", "Vertriebsingenieur", "Projektleiter", "Account Executive"},
		others: []string{
			"Check-in", "Opt-in", "Woche 1", "Vor dem Termin", "Fachhändler", "Einkäufer treffen", "Den Berater einbinden", "Key Accounts", "Großkunden", "Erstgespräch", "Nach dem Angebot", "Bestandskunden", "Strategie",
		},
	},
	"es": {
		roles: []string{"Gerente de cuentas", "Ejecutivo de ventas", "Asesora comercial", "Vendedor/a", "Vendedor(a)", "Ingeniero de campo", "Técnico comercial", "Jefe de ventas", "Representante", "Responsable de tienda", "SDR"},
		others: []string{
			"Técnicas de cierre", "Técnica de ventas", "Antes de la visita", "Semana 1", "Cuentas clave", "Visitar al gerente", "Primera llamada", "Etapa 2", "¿Quién decide?", "Cierre", "Líder del mercado", "Seguimiento",
		},
	},
	"fr": {
		roles: []string{"Chargé d'affaires", "Chargé(e) d’affaires", "Ingénieur commercial", "Responsable grands comptes", "Technico-commercial", "Conseillère de vente", "Directeur régional", "Chef de secteur", "Délégué médical", "Commerciale terrain", "Assistante"},
		others: []string{
			"Avant-vente", "Après-vente", "Avant la visite", "Semaine 1", "Grands comptes", "Rencontrer le directeur", "Premier appel", "Étape 2", "Qui décide ?", "Conclusion", "Actions commerciales", "Suivi",
		},
	},
	"pt": {
		roles: []string{"Gerente de contas", "Executivo de vendas", "Consultora comercial", "Vendedor(a)", "Engenheiro de campo", "Técnico comercial", "Chefe de vendas", "Representante", "Promotor de vendas", "Atendente de loja", "SDR"},
		others: []string{
			"Técnicas de fechamento", "Pré-vendas", "Pós-venda", "Antes da visita com o cliente", "Semana 1", "Contas-chave", "Visitar gerente", "Primeira ligação", "Etapa 2", "Quem decide?", "Fechamento", "Acompanhamento",
		},
	},
	"ja": {
		roles: []string{"営業担当", "営業", "法人営業", "アカウントマネージャー", "フィールドエンジニア", "インサイドセールス", "カスタマーサクセス", "営業部長", "営業担当（北）", "プリセールス", "セールスエンジニア", "SDR"},
		others: []string{
			"初回訪問の前に", "新規営業", "訪問営業", "週次レビュー", "代理店", "フェーズ1", "決裁者に会う", "なぜ営業か", "パートナー", "大口顧客", "ステップ2", "商談後", "バイヤー",
		},
	},
}

func TestSoundsLikeRole(t *testing.T) {
	for lang, c := range roleHeadings {
		w := words(t, lang)
		for _, s := range c.roles {
			if !w.soundsLikeRole(s) {
				t.Errorf("%s: “%s” should read as a role", lang, s)
			}
		}
		for _, s := range c.others {
			if w.soundsLikeRole(s) {
				t.Errorf("%s: “%s” should not read as a role", lang, s)
			}
		}
	}
}
