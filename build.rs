//! Rebuilds the program when a file of the embedded themes or of the starter comes or goes.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=starter");
}
