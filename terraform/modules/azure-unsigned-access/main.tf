locals {
  # The firewall takes single addresses without a prefix, and no networks of one or two. Bits behind the prefix go.
  ip_rules = sort(distinct(flatten([
    for ip in var.allowed_ips :
    endswith(ip, "/32") ? [trimsuffix(ip, "/32")] : endswith(ip, "/31") ? [cidrhost(ip, 0), cidrhost(ip, 1)] : strcontains(ip, "/") ? [cidrsubnet(ip, 0, 0)] : [ip]
  ])))
  account_id    = var.create_storage_account ? azurerm_storage_account.this[0].id : data.azurerm_storage_account.existing[0].id
  blob_endpoint = var.create_storage_account ? azurerm_storage_account.this[0].primary_blob_endpoint : data.azurerm_storage_account.existing[0].primary_blob_endpoint
}

resource "azurerm_storage_account" "this" {
  count = var.create_storage_account ? 1 : 0

  name                             = var.storage_account_name
  resource_group_name              = var.resource_group_name
  location                         = var.location
  account_tier                     = "Standard"
  account_kind                     = "StorageV2"
  account_replication_type         = var.replication
  min_tls_version                  = "TLS1_2"
  https_traffic_only_enabled       = true
  public_network_access_enabled    = true
  cross_tenant_replication_enabled = false
  # Needed for URLs without a signature; the firewall below guards them.
  allow_nested_items_to_be_public = true
  tags                            = var.tags

  network_rules {
    default_action = "Deny"
    bypass         = ["None"]
    ip_rules       = local.ip_rules
  }

  blob_properties {
    versioning_enabled = var.blob_versioning

    dynamic "cors_rule" {
      for_each = length(var.cors_origins) > 0 ? [true] : []

      content {
        allowed_origins    = sort(var.cors_origins)
        allowed_methods    = ["GET", "HEAD", "OPTIONS"]
        allowed_headers    = ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range", "x-ms-range"]
        exposed_headers    = ["Content-Range", "Content-Length", "Content-Encoding", "Accept-Ranges", "ETag", "Last-Modified"]
        max_age_in_seconds = 3600
      }
    }
  }
}

data "azurerm_storage_account" "existing" {
  count = var.create_storage_account ? 0 : 1

  name                = var.storage_account_name
  resource_group_name = var.resource_group_name
}

resource "azurerm_storage_account_network_rules" "existing" {
  count = var.create_storage_account ? 0 : 1

  storage_account_id = local.account_id
  default_action     = "Deny"
  bypass             = ["None"]
  ip_rules           = local.ip_rules
}

# "blob" lets whoever the firewall lets in get objects, and not list them.
resource "azurerm_storage_container" "this" {
  count = var.create_container ? 1 : 0

  name                  = var.container_name
  storage_account_id    = local.account_id
  container_access_type = "blob"

  # No object can be read before the firewall is closed.
  depends_on = [azurerm_storage_account_network_rules.existing]
}

resource "azurerm_monitor_diagnostic_setting" "reads" {
  count = var.log_analytics_workspace_id == null ? 0 : 1

  name                       = "unsigned-access"
  target_resource_id         = "${local.account_id}/blobServices/default"
  log_analytics_workspace_id = var.log_analytics_workspace_id

  enabled_log {
    category = "StorageRead"
  }
}
