# A storage account and a container that exist; only the firewall is set.
terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.9, < 5.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id = "00000000-0000-0000-0000-000000000000"
}

module "unsigned_access" {
  source = "../.."

  resource_group_name    = "annotation"
  storage_account_name   = "acmearchive"
  create_storage_account = false
  container_name         = "scans"
  create_container       = false
  allowed_ips            = ["39.42.20.11"]
}

output "base_url" {
  value = module.unsigned_access.base_url
}
