import { serve } from "../cloud/serve.ts";
import { DIGITALOCEAN } from "./facts.ts";

/** Entry of the executable `pulumi-resource-digitalocean`. */
serve(DIGITALOCEAN);
