import SRVerify.Main
import SRVerify.Expectation
