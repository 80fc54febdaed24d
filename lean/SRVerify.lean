import SRVerify.Main
