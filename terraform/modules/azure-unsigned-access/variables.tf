variable "resource_group_name" {
  type        = string
  description = "Resource group of the storage account. It has to exist."

  validation {
    condition     = can(regex("^[-\\w.()]{0,89}[-\\w()]$", var.resource_group_name))
    error_message = "resource_group_name takes 1 to 90 letters, digits, hyphens, underscores, dots and parentheses, not ending with a dot."
  }
}

variable "storage_account_name" {
  type        = string
  description = "Storage account whose objects are served. It is created unless create_storage_account is false. Use one for this alone: the firewall is that of the whole account."

  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.storage_account_name))
    error_message = "storage_account_name takes 3 to 24 lower-case letters and digits, and nothing else."
  }
}

variable "create_storage_account" {
  type        = bool
  default     = true
  description = "False: the storage account exists; its network rules are set, and nothing else of it."
}

variable "location" {
  type        = string
  default     = null
  description = "Region of the storage account that is created, such as westeurope. Clients inside the same region of Azure are not held back by the firewall, so take another region than that of your virtual machines."

  validation {
    condition     = !var.create_storage_account || can(regex("^[a-z]+[a-z0-9]*$", coalesce(var.location, "-")))
    error_message = "A storage account that is created needs a location, such as westeurope: lower-case letters and digits without blanks."
  }
}

variable "container_name" {
  type        = string
  default     = "data"
  description = "Container whose objects are served. It is created unless create_container is false."

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9]|-[a-z0-9]){2,62}$", var.container_name))
    error_message = "container_name takes 3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit."
  }
}

variable "create_container" {
  type        = bool
  default     = true
  description = "False: the container exists. Its access level has to be \"blob\"."
}

variable "replication" {
  type        = string
  default     = "LRS"
  description = "How the storage account that is created keeps copies: LRS, ZRS, GRS or GZRS."

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS"], var.replication)
    error_message = "replication takes LRS, ZRS, GRS or GZRS."
  }
}

variable "blob_versioning" {
  type        = bool
  default     = false
  description = "Whether the storage account that is created keeps overwritten objects."
}

variable "allowed_ips" {
  type        = set(string)
  description = "Public IPv4 addresses and networks that may read, such as 39.42.20.11/32. All others get 403."

  validation {
    condition     = length(var.allowed_ips) > 0 && alltrue([for ip in var.allowed_ips : !strcontains(ip, ":") && can(cidrhost(strcontains(ip, "/") ? ip : "${ip}/32", 0))])
    error_message = "allowed_ips takes at least one IPv4 address or network in CIDR notation, such as 39.42.20.11/32. The firewall of Azure storage knows no IPv6."
  }

  validation {
    condition     = alltrue([for ip in var.allowed_ips : try(tonumber(split("/", ip)[1]), 32) >= 8])
    error_message = "allowed_ips holds a network that is no allow-list: the widest that is taken is /8."
  }

  validation {
    condition     = alltrue([for ip in var.allowed_ips : !can(regex("^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|127\\.|169\\.254\\.)", ip))])
    error_message = "allowed_ips holds a private network, which the firewall of Azure storage refuses. Give the public address that your network goes out by."
  }

  validation {
    condition     = length(var.allowed_ips) <= 400
    error_message = "A storage account takes 400 address rules at most."
  }
}

variable "cors_origins" {
  type        = set(string)
  default     = []
  description = "Origins of the web apps that may read the objects with scripts, such as https://latchkey.acme.com. Without one, browsers show images, but no viewer can read their bytes. Set on a storage account that is created."

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "cors_origins takes origins: scheme and host, with a port if it is not the usual one, without path or final slash, such as https://latchkey.acme.com. \"*\" is not taken: name the apps."
  }
}

variable "log_analytics_workspace_id" {
  type        = string
  default     = null
  description = "Id of a Log Analytics workspace to which reads (address, object, answer) are logged. Null: no log."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the storage account."
}
