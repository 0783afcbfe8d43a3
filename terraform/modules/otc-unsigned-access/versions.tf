terraform {
  required_version = ">= 1.9"

  required_providers {
    opentelekomcloud = {
      source  = "opentelekomcloud/opentelekomcloud"
      version = ">= 1.36, < 2.0"
    }
  }
}
