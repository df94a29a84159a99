import { Account } from "../cloud/account.ts";
import { servePlugin } from "../cloud/serve.ts";
import { clusterService } from "./service.ts";

/** Entry of the executable `pulumi-resource-kubernetes`: an emulated cluster inside the emulated account. */
servePlugin((folder) => clusterService(new Account(folder)));
