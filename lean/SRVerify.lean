import SRVerify.Main
import SRVerify.Expectation
import SRVerify.GibbsIterates
import SRVerify.Concentrability
import SRVerify.ConditionNumberRange
