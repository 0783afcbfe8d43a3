# A new storage account for two offices and a web app.
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

  resource_group_name  = "annotation"
  storage_account_name = "acmedata"
  location             = "westeurope"
  allowed_ips          = ["39.42.20.11/32", "130.192.120.0/24"]
  cors_origins         = ["https://latchkey.acme.com"]
}

output "base_url" {
  value = module.unsigned_access.base_url
}
