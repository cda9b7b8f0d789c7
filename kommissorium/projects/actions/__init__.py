"""The only writers of the register of projects and technical measures."""
