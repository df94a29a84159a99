import { serve } from "../cloud/serve.ts";
import { AWS } from "./facts.ts";

/** Entry of the executable `pulumi-resource-aws`. */
serve(AWS);
