import SRVerify.Main
import SRVerify.Expectation
import SRVerify.GibbsIterates
