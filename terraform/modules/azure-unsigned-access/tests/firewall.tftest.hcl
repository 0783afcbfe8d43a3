# The firewall of the storage account: closed by default, in the spelling that Azure takes.

mock_provider "azurerm" {
  mock_resource "azurerm_storage_account" {
    defaults = {
      id                    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/annotation/providers/Microsoft.Storage/storageAccounts/acmedata"
      primary_blob_endpoint = "https://acmedata.blob.core.windows.net/"
    }
  }

  mock_data "azurerm_storage_account" {
    defaults = {
      id                    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/annotation/providers/Microsoft.Storage/storageAccounts/acmedata"
      primary_blob_endpoint = "https://acmedata.blob.core.windows.net/"
    }
  }
}

variables {
  resource_group_name  = "annotation"
  storage_account_name = "acmedata"
  location             = "westeurope"
  allowed_ips          = ["39.42.20.11/32", "130.192.120.0/24"]
}

run "the_firewall_is_closed_by_default" {
  command = apply

  assert {
    condition     = one(azurerm_storage_account.this[0].network_rules).default_action == "Deny" && one(azurerm_storage_account.this[0].network_rules).bypass == toset(["None"])
    error_message = "Who is not on the list is refused."
  }

  assert {
    condition     = azurerm_storage_container.this[0].container_access_type == "blob"
    error_message = "Objects are got without credentials, and not listed."
  }

  assert {
    condition     = azurerm_storage_account.this[0].min_tls_version == "TLS1_2" && azurerm_storage_account.this[0].https_traffic_only_enabled
    error_message = "TLS 1.2 is the least."
  }

  assert {
    condition     = output.base_url == "https://acmedata.blob.core.windows.net/data/"
    error_message = "URLs begin with account and container."
  }
}

run "small_networks_become_addresses" {
  command = apply

  variables {
    allowed_ips = ["39.42.20.11/32", "39.42.20.11", "39.42.20.12", "130.192.120.4/31", "130.192.121.7/24"]
  }

  assert {
    condition     = output.ip_rules == tolist(["130.192.120.4", "130.192.120.5", "130.192.121.0/24", "39.42.20.11", "39.42.20.12"])
    error_message = "Azure refuses /31, /32 and bits behind a prefix."
  }
}

run "an_existing_account_gets_network_rules_alone" {
  command = apply

  variables {
    create_storage_account = false
    create_container       = false
  }

  assert {
    condition     = length(azurerm_storage_account.this) + length(azurerm_storage_container.this) == 0 && azurerm_storage_account_network_rules.existing[0].default_action == "Deny"
    error_message = "Only the firewall is set."
  }
}

run "the_web_app_may_read" {
  command = apply

  variables {
    cors_origins = ["https://latchkey.acme.com"]
  }

  assert {
    condition     = contains(one(one(azurerm_storage_account.this[0].blob_properties).cors_rule).exposed_headers, "Content-Range")
    error_message = "Viewers read by ranges."
  }
}

run "reads_are_logged_where_told" {
  command = apply

  variables {
    log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/annotation/providers/Microsoft.OperationalInsights/workspaces/logs"
  }

  assert {
    condition     = endswith(azurerm_monitor_diagnostic_setting.reads[0].target_resource_id, "/storageAccounts/acmedata/blobServices/default")
    error_message = "The log is that of the blob service."
  }
}

run "refuses_ipv6" {
  command = plan

  variables {
    allowed_ips = ["2001:db8::/48"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_private_networks" {
  command = plan

  variables {
    allowed_ips = ["192.168.1.0/24"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_everybody" {
  command = plan

  variables {
    allowed_ips = ["0.0.0.0/0"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_a_new_account_without_location" {
  command = plan

  variables {
    location = null
  }

  expect_failures = [var.location]
}
