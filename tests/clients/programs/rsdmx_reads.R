# Read keys with rsdmx: address, flow, keys separated by blanks. Writes a tab-separated table.
suppressPackageStartupMessages(library(rsdmx))
given <- commandArgs(trailingOnly = TRUE)
address <- given[1]
flow <- given[2]
keys <- strsplit(given[3], " ")[[1]]
addSDMXServiceProvider(SDMXServiceProvider(
  agencyId = "IRTYSH", name = "Local",
  builder = SDMXREST21RequestBuilder(regUrl = address, repoUrl = address, compliant = TRUE)
))
first <- TRUE
for (key in keys) {
  message <- readSDMX(providerId = "IRTYSH", resource = "data", flowRef = flow, key = key, dsd = TRUE)
  table <- as.data.frame(message, labels = TRUE)
  wanted <- c("TIME_PERIOD", "OBS_VALUE", "COUNTERPART_AREA", "COUNTERPART_AREA_label.ru",
              "COUNTERPART_AREA_label.kk", "COUNTERPART_AREA_label.en")
  table <- cbind(KEY = key, table[, wanted])
  write.table(table, sep = "\t", quote = FALSE, row.names = FALSE, col.names = first)
  first <- FALSE
}
