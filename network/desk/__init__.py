"""What the pages of joining and of the coordinators' desk show. Reads only; what may be shown is the policy's."""
